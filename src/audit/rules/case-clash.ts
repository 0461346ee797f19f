import type { Finding } from '../finding.js';
import { factsOf } from '../misfits.js';
import type { Subject } from '../subject.js';
import { cut, says } from '../words.js';

/** Names that differ by letter case only: on macOS and Windows one of the two is lost. */
export function caseClash(subject: Subject): readonly Finding[] {
  const clashes = factsOf(subject, 'case-clash');
  const [first] = clashes;
  if (first === undefined) return [];
  const more = clashes.length - 1;
  const others = more > 0 ? `, and ${more} more pairs` : '';
  const isOwn = clashes.some(({ of, otherOf }) => of === 'code' || otherOf === 'code');
  return [
    {
      code: 'case-clash',
      severity: isOwn ? 'warning' : 'notice',
      ...says(
        'has',
        'have',
        `both ${first.file} and ${first.other}${others}, which differ by letter case only`,
      ),
      details: cut(
        clashes.map(({ file, of, other, otherOf }) => `${file} (${of}) and ${other} (${otherOf})`),
      ),
      hint: 'rename one: where names are the same in any case, as on macOS and Windows, one of them is lost',
    },
  ];
}
