import { type Digest, readDigest } from './digest.js';
import { readExpected } from './expected-entries.js';
import { type ResolvedPackage, readResolved } from './resolved.js';
import { UnexpectedTar } from './tar-reader.js';

/** Bytes of a file; it holds a few numbers, and findings or packages in lists that are short. */
const LIMIT = 1024 * 1024;

/** What the engine says of zips, without the zips. */
export interface ReceivedDigests {
  /** By the unit's name. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** What is installed in each dependency set, by the set's id. */
  readonly packages: ReadonlyMap<string, readonly ResolvedPackage[]>;
}

/**
 * Reads the result of the solve that builds only the digests: a file `NAME.json` for each unit and
 * a file `ID.resolved` for each dependency set.
 * @throws UnexpectedTar when one is missing, is not what it should be, or another file comes.
 */
export async function receiveDigests(
  tar: AsyncIterable<Uint8Array>,
  names: readonly string[],
  sets: readonly string[],
): Promise<ReceivedDigests> {
  const units = new Map(names.map((name) => [`${name}.json`, name]));
  const ids = new Map(sets.map((id) => [`${id}.resolved`, id]));
  const digests = new Map<string, Digest>();
  const packages = new Map<string, readonly ResolvedPackage[]>();
  for await (const entry of readExpected(tar, [...units.keys(), ...ids.keys()])) {
    if (entry.size > LIMIT) throw new UnexpectedTar(`${entry.name} is too long for a digest`);
    const parts: Buffer[] = [];
    for await (const part of entry.content) parts.push(part);
    const value = parseJson(Buffer.concat(parts).toString('utf8'));
    const name = units.get(entry.name);
    const isRight =
      name === undefined
        ? put(packages, ids.get(entry.name) ?? '', readResolved(value))
        : put(digests, name, readDigest(value));
    if (!isRight) throw new UnexpectedTar(`${entry.name} holds no digest`);
  }
  return { digests, packages };
}

function put<T>(map: Map<string, T>, key: string, value: T | undefined): boolean {
  if (value !== undefined) map.set(key, value);
  return value !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
