import type { Diagnostic } from '../diagnostics/index.js';
import { type Digest, readDigest } from './digest.js';
import { readExpected } from './expected-entries.js';
import { openReceiver, type ZipToCome } from './receive.js';
import { type ResolvedPackage, readResolved } from './resolved.js';
import { UnexpectedTar } from './tar-reader.js';
import { readVerification, type Verification } from './verification.js';

/** Bytes of a file; it holds a few numbers, and findings or packages in lists that are short. */
const LIMIT = 1024 * 1024;

/** What the engine says of zips; the zips themselves are on disk, or are not asked for. */
export interface ReceivedDigests {
  /** By the unit's name. */
  readonly digests: ReadonlyMap<string, Digest>;
  /** What is installed in each dependency set, by the set's id. */
  readonly packages: ReadonlyMap<string, readonly ResolvedPackage[]>;
  /** What came of the units that were verified, by the unit's name. */
  readonly verifications: ReadonlyMap<string, Verification>;
  /** What went wrong with zips that were asked for, by the unit's name; the others are written. */
  readonly unwritten: ReadonlyMap<string, Diagnostic>;
}

/** What is to come: names of units, ids of dependency sets, and names of units that are verified. */
export interface ExpectedDigests {
  /** The folder that all this is in, with its slash; the zips are not. */
  readonly folder?: string;
  readonly units: readonly string[];
  readonly sets: readonly string[];
  readonly verified?: readonly string[];
  /** Zips that come after their digests. */
  readonly zips?: readonly ZipToCome[];
}

/**
 * Reads the result of the solve for digests: a file `NAME.json` for each unit, a file `ID.resolved`
 * for each dependency set, `NAME.verified` for each unit that is verified. Zips that come with them
 * are written as receiveZips does.
 * @throws UnexpectedTar when one is missing, is not what it should be, or another file comes.
 */
export async function receiveDigests(
  tar: AsyncIterable<Uint8Array>,
  { folder = '', units, sets, verified = [], zips = [] }: ExpectedDigests,
): Promise<ReceivedDigests> {
  const digests = new Map<string, Digest>();
  const packages = new Map<string, readonly ResolvedPackage[]>();
  const verifications = new Map<string, Verification>();
  const unwritten = new Map<string, Diagnostic>();
  const receiver = await openReceiver(zips);
  const readers = new Map<string, (value: unknown) => boolean>([
    ...units.map((name) =>
      reader(`${folder}${name}.json`, (v) => put(digests, name, readDigest(v))),
    ),
    ...sets.map((id) =>
      reader(`${folder}${id}.resolved`, (v) => put(packages, id, readResolved(v))),
    ),
    ...verified.map((name) =>
      reader(`${folder}${name}.verified`, (v) => put(verifications, name, readVerification(v))),
    ),
  ]);
  try {
    for await (const entry of readExpected(tar, [...readers.keys(), ...receiver.entries])) {
      const read = readers.get(entry.name);
      if (read === undefined) {
        const received = await receiver.receive(entry, ({ name }) => {
          const digest = digests.get(name);
          if (digest === undefined) throw new UnexpectedTar(`${entry.name} came before its digest`);
          return digest;
        });
        if (received?.problem !== undefined) unwritten.set(received.zip.name, received.problem);
        continue;
      }
      if (entry.size > LIMIT) throw new UnexpectedTar(`${entry.name} is too long for a digest`);
      const parts: Buffer[] = [];
      for await (const part of entry.content) parts.push(part);
      const value = parseJson(Buffer.concat(parts).toString('utf8'));
      if (!read(value)) {
        throw new UnexpectedTar(`${entry.name} holds no digest`);
      }
    }
  } finally {
    await receiver.close();
  }
  return { digests, packages, verifications, unwritten };
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
