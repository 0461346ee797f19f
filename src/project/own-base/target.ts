import { type Diagnostic, nearest } from '../../diagnostics/index.js';
import type { DockerfileReading } from '../own-dockerfile/index.js';
import { shownPath } from '../paths/path.js';
import type { Located } from '../unit.js';

/** What is wrong with the stage that is wanted. */
export function targetProblems(
  target: Located<string> | undefined,
  { stageNames }: DockerfileReading,
  path: string,
): readonly Diagnostic[] {
  if (target === undefined || stageNames.includes(target.value.toLowerCase())) return [];
  const names = stageNames.filter((name) => name !== undefined);
  const meant = nearest(target.value, names);
  const known =
    names.length === 0
      ? 'name its stages: FROM IMAGE AS NAME'
      : `its stages are ${names.join(', ')}`;
  return [
    {
      code: 'unknown-stage',
      severity: 'error',
      message: `${shownPath(path)} has no stage ${JSON.stringify(target.value)}`,
      at: target.at,
      hint: meant === undefined ? known : `did you mean ${meant}?`,
    },
  ];
}
