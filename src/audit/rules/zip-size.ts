import type { Finding } from '../finding.js';
import { against, limits, share } from '../limits.js';
import type { Subject } from '../subject.js';
import { grouped, says } from '../words.js';

const limit = `the ${grouped(limits.zipped)} bytes (50 MB) that Lambda takes when it is uploaded directly`;
const smaller = 'prune, exclude, or move packages to a layer';

/** The zip against what Lambda takes directly; nobody is near a limit that they do not have. */
export function zipSize({ unit, digest: { size } }: Subject): readonly Finding[] {
  if (unit.audit?.['zip-too-large'] === 'ignore') return [];
  const bytes = `${grouped(size)} bytes zipped`;
  switch (against(size, limits.zipped)) {
    case 'below':
      return [];
    case 'near':
      return [
        {
          code: 'near-limit',
          severity: 'warning',
          ...says('is', 'are', `${bytes}, ${share(size, limits.zipped)} of ${limit}`),
          hint: `${smaller} before it grows, or upload it through S3`,
        },
      ];
    case 'above':
      return [
        {
          code: 'zip-too-large',
          severity: 'error',
          ...says('is', 'are', `${bytes}, more than ${limit}`),
          hint: `upload it through S3 and write audit: {zip-too-large: ignore}, or make it smaller: ${smaller}`,
        },
      ];
  }
}
