import { type Digest, readDigest } from './digest.js';
import { readExpected } from './expected-entries.js';
import { UnexpectedTar } from './tar-reader.js';

/** Bytes of a digest file; it holds four numbers, and findings whose lists are cut. */
const LIMIT = 1024 * 1024;

/**
 * Reads the result of the solve that builds only the digests: a file `NAME.json` for each name.
 * @throws UnexpectedTar when one is missing, is no digest, or another file comes.
 */
export async function receiveDigests(
  tar: AsyncIterable<Uint8Array>,
  names: readonly string[],
): Promise<ReadonlyMap<string, Digest>> {
  const byEntry = new Map(names.map((name) => [`${name}.json`, name]));
  const digests = new Map<string, Digest>();
  for await (const entry of readExpected(tar, byEntry.keys())) {
    if (entry.size > LIMIT) throw new UnexpectedTar(`${entry.name} is too long for a digest`);
    const parts: Buffer[] = [];
    for await (const part of entry.content) parts.push(part);
    const digest = readDigest(parseJson(Buffer.concat(parts).toString('utf8')));
    if (digest === undefined) throw new UnexpectedTar(`${entry.name} holds no digest`);
    digests.set(byEntry.get(entry.name) ?? entry.name, digest);
  }
  return digests;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
