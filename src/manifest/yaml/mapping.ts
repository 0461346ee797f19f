import type { YamlEntry, YamlMapping, YamlNode, YamlProblem, YamlScalar } from './node.js';

/** A key and its value as they are written, merge keys included. */
export interface WrittenPair {
  readonly key: YamlScalar;
  /** Where this key stands; differs from the key's own place when the key is an alias. */
  readonly offset: number;
  readonly value: YamlNode;
}

interface Context {
  readonly report: (problem: YamlProblem) => void;
  readonly lineOf: (offset: number) => number;
}

/**
 * A mapping of its pairs. A key that is written twice is reported, and its first value holds.
 * `<<` brings in the entries of other mappings, over which the mapping's own keys take precedence
 * and among which the first does (https://yaml.org/type/merge.html).
 */
export function buildMapping(
  offset: number,
  pairs: readonly WrittenPair[],
  context: Context,
): YamlMapping {
  const entries = new Map<string, YamlEntry>();
  const merges: WrittenPair[] = [];
  for (const pair of pairs) {
    const isMerge = pair.key.plain && pair.key.text === '<<';
    const first = isMerge ? merges[0]?.offset : entries.get(pair.key.text)?.offset;
    // No manifest needs it, and many a JavaScript library treats it as something else than a key.
    if (pair.key.text === '__proto__') context.report(refusedKey(pair.offset));
    else if (first !== undefined) context.report(duplicate(pair, first, context.lineOf));
    else if (isMerge) merges.push(pair);
    else entries.set(pair.key.text, { offset: pair.offset, node: pair.value });
  }
  for (const { value } of merges) {
    for (const source of mergeSources(value, context)) {
      for (const [key, entry] of source.entries) {
        if (!entries.has(key)) entries.set(key, entry);
      }
    }
  }
  return mappingOf(offset, entries);
}

function mappingOf(offset: number, entries: ReadonlyMap<string, YamlEntry>): YamlMapping {
  const value: Record<string, unknown> = Object.create(null);
  let size = 1;
  let depth = 1;
  for (const [key, { node }] of entries) {
    value[key] = node.value;
    size += node.size;
    depth = Math.max(depth, node.depth + 1);
  }
  return { kind: 'mapping', offset, value, size, depth, entries };
}

function mergeSources(value: YamlNode, { report }: Context): readonly YamlMapping[] {
  const candidates = value.kind === 'sequence' ? value.items : [value];
  return candidates.filter((candidate): candidate is YamlMapping => {
    if (candidate.kind === 'mapping') return true;
    report({
      code: 'invalid-yaml',
      offset: candidate.offset,
      message: 'only mappings can be merged with <<',
      hint: 'write <<: *name, or <<: [*one, *two], where each names a mapping',
    });
    return false;
  });
}

function duplicate(
  pair: WrittenPair,
  first: number,
  lineOf: (offset: number) => number,
): YamlProblem {
  const isMerge = pair.key.plain && pair.key.text === '<<';
  return {
    code: 'duplicate-key',
    offset: pair.offset,
    message: `the key ${JSON.stringify(pair.key.text)} is already on line ${lineOf(first)}`,
    hint: isMerge
      ? 'merge several mappings at once: <<: [*one, *two]'
      : 'remove one of the two, or put what they say under one key',
  };
}

function refusedKey(offset: number): YamlProblem {
  const message = '__proto__ cannot be used as a key';
  return { code: 'invalid-yaml', offset, message, hint: 'choose another name' };
}
