import { readFile, stat } from 'node:fs/promises';
import * as z from 'zod';
import { writeAtomically } from './atomic-file.js';
import { type FileHash, hashZip } from './existing.js';

/**
 * How long a file must have been left alone before it is hashed, in milliseconds, so that a later
 * change cannot have the same times; those of some file systems are full seconds, of FAT two.
 */
const SETTLED = 2000;

const knownSchema = z.object({
  version: z.literal(1),
  /** By absolute paths. */
  files: z.record(
    z.string(),
    z.object({ identity: z.string(), size: z.int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  ),
});

type KnownFiles = z.infer<typeof knownSchema>['files'];

/** Files read at once; hashing itself takes one thread. */
const AT_ONCE = 4;

/**
 * Hashes files, a few at a time; a file that is not there is not in the result. One that the file
 * system says has not changed since it was hashed is not read again: it is the same file, with the
 * same size and the same times, of which no program can set that of the last change.
 * @param memory absolute path of the file that remembers; without it every file is read
 */
export async function hashZips(
  paths: Iterable<string>,
  memory?: string,
): Promise<ReadonlyMap<string, FileHash>> {
  const known = memory === undefined ? {} : await readKnown(memory);
  const news: KnownFiles = {};
  const hashes = new Map<string, FileHash>();
  const queue = new Set(paths).values();
  const work = async () => {
    for (const path of queue) {
      const before = await look(path);
      const old = Object.hasOwn(known, path) ? known[path] : undefined;
      if (old !== undefined && old.identity === before?.identity) {
        hashes.set(path, { size: old.size, sha256: old.sha256 });
        continue;
      }
      const hash = await hashZip(path);
      if (hash === undefined) continue;
      hashes.set(path, hash);
      const after = await look(path);
      if (before?.isSettled && before.identity === after?.identity) {
        news[path] = { identity: before.identity, ...hash };
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (memory !== undefined && Object.keys(news).length > 0) {
    const files: KnownFiles = { ...known, ...news };
    // Where nothing can be kept, the next build reads the files again.
    await writeAtomically(memory, `${JSON.stringify({ version: 1, files })}\n`).catch(() => {});
  }
  return hashes;
}

async function readKnown(memory: string): Promise<KnownFiles> {
  const text = await readFile(memory, 'utf8').catch(() => '');
  try {
    return knownSchema.safeParse(JSON.parse(text)).data?.files ?? {};
  } catch {
    return {};
  }
}

async function look(path: string) {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  if (found === undefined) return undefined;
  const { dev, ino, size, mtimeNs, ctimeNs } = found;
  const isSettled = BigInt(Date.now() - SETTLED) * 1_000_000n > ctimeNs;
  return { identity: [dev, ino, size, mtimeNs, ctimeNs].join(' '), isSettled };
}
