import type { Finding } from '../finding.js';
import type { Subject } from '../subject.js';
import { cut, says } from '../words.js';

/** Files that gave way to different ones of the same name, by who put them there. */
export function replacedFile({ digest }: Subject): readonly Finding[] {
  const replaced = digest.findings?.replaced ?? [];
  const [first] = replaced;
  if (first === undefined) return [];
  const what = replaced.length > 1 ? `${replaced.length} files` : first.name;
  const text = `${what} of the image in place of the ${first.of}' own`;
  return [
    {
      code: 'replaced-file',
      severity: 'warning',
      ...says('has', 'have', text),
      details: cut(replaced.map(({ name }) => name)),
      hint: 'rename it in lambda_lib or lambda_bin of the image, or choose another file in libs or bins',
    },
  ];
}
