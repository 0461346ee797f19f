import type { Stage } from '../instruction.js';

/** As many COPY as one stage takes: BuildKit refuses a chain of some hundred, and a tree is faster. */
const GROUP_SIZE = 20;

/** Something that is to be gathered: everything below `source` of a stage. */
export interface Gathered {
  readonly stage: string;
  readonly source: string;
}

/**
 * Stages that bring many outputs together in a last one called `name`, as a tree with at most
 * GROUP_SIZE branches at each node.
 */
export function gatherStages(
  name: string,
  comment: string,
  outputs: readonly Gathered[],
): readonly Stage[] {
  const groups: Stage[] = [];
  let level = outputs;
  while (level.length > GROUP_SIZE) {
    const next: Gathered[] = [];
    for (let start = 0; start < level.length; start += GROUP_SIZE) {
      const stage = gather(
        `${name}.${groups.length + 1}`,
        [],
        level.slice(start, start + GROUP_SIZE),
      );
      groups.push(stage);
      next.push({ stage: stage.name, source: '/' });
    }
    level = next;
  }
  return [...groups, gather(name, [comment], level)];
}

function gather(name: string, comment: readonly string[], outputs: readonly Gathered[]): Stage {
  return {
    name,
    comment,
    from: { kind: 'scratch' },
    instructions: outputs.map(({ stage, source }) => ({ kind: 'copy-stage', stage, source })),
  };
}
