import { evaluator } from './evaluate.js';
import type { ReadVariableFile } from './files.js';
import type { VariableInputs } from './inputs.js';
import { nothing, type Outcome, resolved, type Unknown, unknown } from './outcome.js';
import { isRecord } from './sources.js';
import { type Delimiters, mayHoldVariable } from './template.js';

/** Keys from the root of the service; those of lists are numbers as text. */
export type PropertyPath = readonly string[];

/** A value of the file with a variable that cannot be resolved. */
export interface UnresolvedAt {
  readonly path: PropertyPath;
  readonly text: string;
  readonly unknown: Unknown;
}

export interface Resolver {
  /** The value at a path with the variables on the way to it; null where there is none. */
  property(path: PropertyPath): Outcome;
  /**
   * The value at a path with all variables in it; undefined where there is none. Those that cannot
   * be resolved stay as they are written, and are told.
   */
  whole(path: PropertyPath, tell: (unresolved: UnresolvedAt) => void): unknown;
}

/** Where a text is written, and what has led there. */
export interface Context {
  /** Undefined for what comes from outside the file. */
  readonly origin?: PropertyPath;
  readonly chain: readonly PropertyPath[];
  readonly depth: number;
}

/** Texts that are read and values that are gone through: a hundred times what services have. */
const maxWork = 200_000;

/** Variables that lead to variables, and values in values. */
const maxDepth = 100;

const start: Context = { chain: [], depth: 0 };

/**
 * Resolves the variables of a service on demand, so that what nobody asks for may say anything. The
 * work is bounded, whatever they say.
 */
export function createResolver(
  root: unknown,
  delimiters: Delimiters,
  inputs: VariableInputs,
  readFile: ReadVariableFile,
): Resolver {
  const known = new Map<string, Outcome>();
  let work = 0;

  /** A text with its variables put in, which may make it any value; others are as they are. */
  const shallow = (value: unknown, context: Context): Outcome => {
    if (typeof value !== 'string' || !mayHoldVariable(value, delimiters)) return resolved(value);
    const { origin, chain, depth } = context;
    const key = origin && JSON.stringify(origin);
    const found = key === undefined ? undefined : known.get(key);
    if (found !== undefined) return found;
    work += 1;
    if (work > maxWork) return tooMuch;
    if (depth > maxDepth) return tooDeep;
    if (origin !== undefined && chain.some((place) => isBelow(place, origin)))
      return circle(origin);
    const outcome = evaluate(value, context);
    const isForAll = outcome.kind === 'value' || outcome.isOfContext !== true;
    if (key !== undefined && isForAll) known.set(key, outcome);
    return outcome;
  };

  const property = (path: PropertyPath, { chain, depth }: Context): Outcome => {
    let outcome = resolved(root);
    for (const [index, key] of path.entries()) {
      if (outcome.kind === 'unknown') return outcome;
      const { value } = outcome;
      if (!isRecord(value) || !Object.hasOwn(value, key)) return nothing;
      outcome = shallow(value[key], { origin: path.slice(0, index + 1), chain, depth });
    }
    return outcome.kind === 'value' ? resolved(outcome.value ?? null) : outcome;
  };

  const evaluate = evaluator({
    delimiters,
    inputs,
    readFile,
    property(path, { origin, chain, depth }) {
      const visited = origin === undefined ? chain : [...chain, origin];
      if (visited.some((place) => isBelow(place, path))) return circle(path);
      return property(path, { chain: visited, depth: depth + 1 });
    },
    keys(path) {
      const outcome = property(path, start);
      return outcome.kind === 'value' && isRecord(outcome.value) ? Object.keys(outcome.value) : [];
    },
    again: (value, { origin, chain, depth }) =>
      shallow(value, {
        chain: origin === undefined ? chain : [...chain, origin],
        depth: depth + 1,
      }),
  });

  const deep = (
    value: unknown,
    path: PropertyPath,
    tell: (unresolved: UnresolvedAt) => void,
  ): unknown => {
    const outcome = path.length > maxDepth ? tooDeep : shallow(value, { ...start, origin: path });
    if (outcome.kind === 'unknown') {
      tell({ path, text: String(value), unknown: outcome });
      return value;
    }
    const found = outcome.value;
    if (!isRecord(found)) return found;
    work += 1;
    if (work > maxWork) {
      tell({ path, text: String(value), unknown: tooMuch });
      return null;
    }
    if (Array.isArray(found)) {
      return found.map((item: unknown, index) => deep(item, [...path, String(index)], tell));
    }
    const mapping: Record<string, unknown> = Object.create(null);
    for (const [key, item] of Object.entries(found))
      mapping[key] = deep(item, [...path, key], tell);
    return mapping;
  };

  return {
    property: (path) => property(path, start),
    whole(path, tell) {
      let value = root;
      for (const [index, key] of path.entries()) {
        if (!isRecord(value) || !Object.hasOwn(value, key)) return undefined;
        const here = path.slice(0, index + 1);
        const isLast = index === path.length - 1;
        if (isLast) return deep(value[key], here, tell);
        const outcome = shallow(value[key], { ...start, origin: here });
        if (outcome.kind === 'unknown') {
          tell({ path: here, text: String(value[key]), unknown: outcome });
          return undefined;
        }
        value = outcome.value;
      }
      return deep(value, path, tell);
    },
  };
}

/** Whether a place is at a path or below it. */
function isBelow(place: PropertyPath, path: PropertyPath): boolean {
  return path.length <= place.length && path.every((key, index) => place[index] === key);
}

const tooMuch = unknown('the variables of the service lead to too much', 'write some of it out');

const tooDeep: Unknown = {
  ...unknown('variables lead to variables more than 100 times, or to themselves', 'write it out'),
  isOfContext: true,
};

function circle(path: PropertyPath): Unknown {
  const why = path.length === 0 ? 'it holds itself' : `it leads back to ${path.join('.')}`;
  return { ...unknown(why, 'write the value in one of the places'), isOfContext: true };
}
