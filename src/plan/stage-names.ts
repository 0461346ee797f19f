/** Names with a meaning to Docker, and the stages that every generated Dockerfile may have. */
const reserved = /^(scratch|context|programs|(all|digests|changed)(\.\d+)?)$/;

/** What is appended to a unit's target or a set's id to name the stages that lead to it. */
export const derivedStages = { code: '-code', zip: '-zip' } as const;

/** Hands out stage names that are valid, and each only once (Docker compares them in lower case). */
export interface StageNames {
  /** The name itself when it and what is derived from it are free; otherwise the nearest that is. */
  take(wanted: string): string;
}

/** @see https://docs.docker.com/reference/dockerfile/#from for what a stage may be called */
export function createStageNames(): StageNames {
  const taken = new Set<string>();
  const family = (name: string) => [
    name,
    ...Object.values(derivedStages).map((suffix) => name + suffix),
  ];
  const isFree = (name: string) =>
    !reserved.test(name) && !family(name).some((member) => taken.has(member));
  return {
    take(wanted) {
      const lower = wanted.toLowerCase();
      const valid = /^[a-z][a-z0-9._-]*$/.test(lower) ? lower : `unit-${lower}`;
      let name = valid;
      for (let count = 2; !isFree(name); count += 1) name = `${valid}-${count}`;
      for (const member of family(name)) taken.add(member);
      return name;
    },
  };
}
