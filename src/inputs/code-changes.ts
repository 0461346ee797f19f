import type { Change, CodeInput } from '../artifacts/index.js';
import { contentChanges } from './folder-changes.js';

/** What has changed of the files that are packed. */
export function codeChanges(
  before: readonly CodeInput[],
  now: readonly CodeInput[],
): readonly Change[] {
  const earlier = new Map(before.map((copy) => [keyOf(copy), copy]));
  const later = new Map(now.map((copy) => [keyOf(copy), copy]));
  const kept = now.flatMap((copy): Change[] => {
    const other = earlier.get(keyOf(copy));
    if (other === undefined) return [];
    const changes = contentChanges(pathOf(copy), other, copy);
    return changes.map((change) => ({ kind: 'file', ...change }));
  });
  const only = (
    copies: readonly CodeInput[],
    others: ReadonlyMap<string, CodeInput>,
    change: 'added' | 'removed',
  ) =>
    copies
      .filter((copy) => !others.has(keyOf(copy)))
      .map((copy): Change => ({ kind: 'include', path: pathOf(copy) || './', change }));
  return [...kept, ...only(now, earlier, 'added'), ...only(before, later, 'removed')];
}

function keyOf({ kind, from, to }: CodeInput): string {
  return JSON.stringify([kind, from, to]);
}

/** A folder's with a slash at its end; empty for the project itself. */
function pathOf({ kind, from }: CodeInput): string {
  return kind === 'file' || from === '' ? from : `${from}/`;
}
