import type { Stage } from '../instruction.js';

/** As many COPY as one stage takes: BuildKit refuses a chain of some hundred, and a tree is faster. */
const GROUP_SIZE = 20;

/** Something that is to be gathered: everything below the folder `source` of a stage, or one file. */
export interface Gathered {
  readonly stage: string;
  readonly source: string;
  /** Where it goes: the name that a single file gets, or a folder, which ends in a slash. */
  readonly to?: string;
  /** Whether it is large: then it goes to the last stage at once, if there is room. */
  readonly isLarge?: boolean;
}

/**
 * The same outputs, gathered in a way that no solve before the generation's first has gathered them
 * (docs/decisions/no-cache.md). It shows in no result.
 */
export function gatherAnew(
  name: string,
  outputs: readonly Gathered[],
  generation: string,
): readonly Stage[] {
  const below = `/${generation}/`;
  const tree = gatherStages(`${name}.0`, '', outputs, below);
  return [...tree, gather(name, [], [{ stage: `${name}.0`, source: below }])];
}

/**
 * Stages that bring many outputs together in a last one called `name`, as a tree with at most
 * GROUP_SIZE branches at each node.
 * @param to the folder of the last stage that they are brought to
 */
export function gatherStages(
  name: string,
  comment: string,
  outputs: readonly Gathered[],
  to = '/',
): readonly Stage[] {
  const placed = outputs.map((output): Gathered => ({ ...output, to: to + (output.to ?? '') }));
  const large = placed.filter(({ isLarge }) => isLarge);
  const direct = large.length < GROUP_SIZE ? large : [];
  const groups: Stage[] = [];
  let level = direct.length === 0 ? placed : placed.filter(({ isLarge }) => !isLarge);
  while (level.length > GROUP_SIZE - direct.length) {
    const next: Gathered[] = [];
    for (let start = 0; start < level.length; start += GROUP_SIZE) {
      const own = level.slice(start, start + GROUP_SIZE);
      const stage = gather(`${name}.${groups.length + 1}`, [], own);
      groups.push(stage);
      next.push({ stage: stage.name, source: '/' });
    }
    level = next;
  }
  const comments = comment === '' ? [] : [comment];
  return [...groups, gather(name, comments, [...level, ...direct])];
}

function gather(name: string, comment: readonly string[], outputs: readonly Gathered[]): Stage {
  return {
    name,
    comment,
    from: { kind: 'scratch' },
    instructions: outputs.map(({ stage, source, to = '/' }) => ({
      kind: 'copy-stage',
      stage,
      source,
      to,
    })),
  };
}
