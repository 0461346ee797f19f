import type { Change, Explanation } from '../api/index.js';
import { describeChange } from './describe-change.js';

/** Changes of one kind that are shown; the rest is counted. */
const SHOWN = 30;

/** What there is to tell of a unit, as lines for a person. */
export function printExplanation({ unit, last, since }: Explanation): string {
  return [
    `${unit.kind} ${unit.name} (${unit.zip})`,
    ...(last === undefined ? [] : lastLines(last)),
    ...sinceLines(since, last !== undefined),
  ].join('\n');
}

function lastLines(last: NonNullable<Explanation['last']>): readonly string[] {
  const { result, changes, more = 0, earlier } = last;
  const before =
    earlier === undefined ? [] : ['  built the time before because of', ...listed(earlier)];
  switch (result) {
    case 'built':
      return ['  built by the last build because of', ...listed(changes, more)];
    case 'unchanged':
      return changes.length === 0
        ? ['  unchanged by the last build: nothing had changed', ...before]
        : [
            '  unchanged by the last build, although there were',
            ...listed(changes, more),
            ...before,
          ];
    case 'failed':
      return ['  failed in the last build', ...before];
  }
}

function sinceLines(since: Explanation['since'], isBuilt: boolean): readonly string[] {
  if (since === undefined) {
    const what = isBuilt ? 'nothing is recorded to compare with' : 'not built yet';
    return [`  ${what}: pkgr build will tell why it builds it`];
  }
  if (since.length === 0) return ['  nothing has changed since'];
  return ['  changed since', ...listed(since)];
}

function listed(changes: readonly Change[], more = 0): readonly string[] {
  const rest = changes.length - SHOWN + more;
  const shown = changes.slice(0, SHOWN).map((change) => `    ${describeChange(change)}`);
  return rest > 0 && changes.length + more > SHOWN ? [...shown, `    and ${rest} more`] : shown;
}
