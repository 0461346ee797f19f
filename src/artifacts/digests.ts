import { type Digest, readDigest } from './digest.js';
import { readExpected } from './expected-entries.js';
import { type ResolvedPackage, readResolved } from './resolved.js';
import { UnexpectedTar } from './tar-reader.js';
import { readVerification, type Verification } from './verification.js';

/** Bytes of a file; it holds a few numbers, and findings or packages in lists that are short. */
const LIMIT = 1024 * 1024;

/** What the engine says of zips, without the zips. */
export interface ReceivedDigests {
  /** By the unit's name. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** What is installed in each dependency set, by the set's id. */
  readonly packages: ReadonlyMap<string, readonly ResolvedPackage[]>;
  /** What came of the units that were verified, by the unit's name. */
  readonly verifications: ReadonlyMap<string, Verification>;
}

/** What is to come: names of units, ids of dependency sets, and names of units that are verified. */
export interface ExpectedDigests {
  readonly units: readonly string[];
  readonly sets: readonly string[];
  readonly verified?: readonly string[];
}

/**
 * Reads the result of the solve that builds only the digests: a file `NAME.json` for each unit, a
 * file `ID.resolved` for each dependency set, `NAME.verified` for each unit that is verified.
 * @throws UnexpectedTar when one is missing, is not what it should be, or another file comes.
 */
export async function receiveDigests(
  tar: AsyncIterable<Uint8Array>,
  { units, sets, verified = [] }: ExpectedDigests,
): Promise<ReceivedDigests> {
  const digests = new Map<string, Digest>();
  const packages = new Map<string, readonly ResolvedPackage[]>();
  const verifications = new Map<string, Verification>();
  const readers = new Map<string, (value: unknown) => boolean>([
    ...units.map((name) => reader(`${name}.json`, (v) => put(digests, name, readDigest(v)))),
    ...sets.map((id) => reader(`${id}.resolved`, (v) => put(packages, id, readResolved(v)))),
    ...verified.map((name) =>
      reader(`${name}.verified`, (v) => put(verifications, name, readVerification(v))),
    ),
  ]);
  for await (const entry of readExpected(tar, readers.keys())) {
    if (entry.size > LIMIT) throw new UnexpectedTar(`${entry.name} is too long for a digest`);
    const parts: Buffer[] = [];
    for await (const part of entry.content) parts.push(part);
    const value = parseJson(Buffer.concat(parts).toString('utf8'));
    if (!readers.get(entry.name)?.(value)) {
      throw new UnexpectedTar(`${entry.name} holds no digest`);
    }
  }
  return { digests, packages, verifications };
}

function reader(name: string, read: (value: unknown) => boolean) {
  return [name, read] as const;
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
