import { platforms, type Unit } from '../project/index.js';

/** Names with a meaning to Docker, and the stages that every generated Dockerfile may have. */
const reserved = /^(scratch|context|programs|(all|digests|changed)(\.\d+)*)$/;

/** What is appended to the id of a set or an image, or a unit's target, to name stages that lead to it. */
export const derivedStages = {
  files: '-files',
  code: '-code',
  zip: '-zip',
  rests: '-rests',
  sandbox: '-sandbox',
  unpacked: '-unpacked',
  verified: '-verified',
} as const;

/** What a unit's stages are named after: `python3.13-amd64`. */
export function runtimeName({ runtime, architecture }: Pick<Unit, 'runtime' | 'architecture'>) {
  const python = runtime === 'any' ? 'python' : runtime;
  return `${python}-${platforms[architecture].replace('linux/', '')}`;
}

/** Hands out stage names that are valid, and each only once (Docker compares them in lower case). */
export interface StageNames {
  /** The name itself when it and what is derived from it are free; otherwise the nearest that is. */
  take(wanted: string): string;
  /** The same for a stage with others that lead to it, which are named by partName(). */
  takeWithParts(wanted: string, parts: number): string;
}

/** @see https://docs.docker.com/reference/dockerfile/#from for what a stage may be called */
export function createStageNames(): StageNames {
  const taken = new Set<string>();
  const family = (name: string, parts: number) => [
    name,
    ...Object.values(derivedStages).map((suffix) => name + suffix),
    ...Array.from({ length: parts }, (_, index) => partName(name, index + 1)),
  ];
  const isFree = (name: string, parts: number) =>
    !reserved.test(name) && !family(name, parts).some((member) => taken.has(member));
  const takeWithParts = (wanted: string, parts: number) => {
    const lower = wanted.toLowerCase();
    const valid = /^[a-z][a-z0-9._-]*$/.test(lower) ? lower : `unit-${lower}`;
    let name = valid;
    for (let count = 2; !isFree(name, parts); count += 1) name = `${valid}-${count}`;
    for (const member of family(name, parts)) taken.add(member);
    return name;
  };
  return { takeWithParts, take: (wanted) => takeWithParts(wanted, 0) };
}

/** The name of a stage that leads to another, counted from 1. */
export function partName(name: string, number: number): string {
  return `${name}.${number}`;
}
