import type { Finding } from '../finding.js';
import { against, limits, share } from '../limits.js';
import type { Subject } from '../subject.js';
import { cut, grouped, says } from '../words.js';

const limit = `the ${grouped(limits.unzipped)} that Lambda takes`;

/** What Lambda unpacks, a function together with its layers, against what it takes. */
export function unzippedSize(subject: Subject): readonly Finding[] {
  const parts = partsOf(subject);
  const size = parts.reduce((sum, part) => sum + (part.size ?? 0), 0);
  const bytes = `${grouped(size)} bytes unzipped${parts.length > 1 ? ' with its layers' : ''}`;
  const details = parts.length === 1 ? {} : { details: cut(parts.map(lineOf)) };
  switch (against(size, limits.unzipped)) {
    case 'below':
      return [];
    case 'near':
      return [
        {
          code: 'near-limit',
          severity: 'warning',
          ...says('is', 'are', `${bytes}, ${share(size, limits.unzipped)} of ${limit}`),
          ...details,
          hint: 'prune or exclude something before it grows',
        },
      ];
    case 'above':
      return [
        {
          code: 'unzipped-too-large',
          severity: 'error',
          ...says('is', 'are', `${bytes}, more than ${limit}`),
          ...details,
          hint: 'prune or exclude something, or deploy it as a container image, which may have 10 GB',
        },
      ];
  }
}

interface Part {
  readonly name: string;
  /** Bytes, if they are known. */
  readonly size: number | undefined;
}

function partsOf({ unit, digest, layers, unknown }: Subject): readonly Part[] {
  return [
    { name: `the ${unit.kind}`, size: digest.unzippedSize },
    ...layers.map((one) => ({ name: `layer ${one.unit.name}`, size: one.digest.unzippedSize })),
    ...unknown.map((one) => ({ name: `layer ${one.name}`, size: one.unzippedSize })),
  ];
}

function lineOf({ name, size }: Part): string {
  return size === undefined ? `${name}: its size is not known` : `${name}: ${grouped(size)} bytes`;
}
