import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A file that is written beside its destination and takes its place when it is whole. */
export interface AtomicFile {
  readonly handle: FileHandle;
  /**
   * Replaces the destination, a link by the file itself. It does not wait for the disk, which takes
   * seconds where others write: a zip that a power cut has damaged is not what the next build expects.
   */
  commit(): Promise<void>;
  /** Leaves the destination as it is. */
  discard(): Promise<void>;
}

/** Temporary files that this process is writing now. */
const being = new Set<string>();

/** Process id and a random number, so that a leftover can be told from another build's work. */
const temporaryName = /^\..+\.pkgr-(\d+)-[0-9a-f]{12}$/;

/** Bytes of a destination's name that fit into its temporary name beside the rest of it. */
const NAME_LIMIT = 220;

/**
 * Opens a new file in the destination's folder, which is made if need be; only a rename within one
 * folder is atomic. Its mode is 0644 less the umask.
 */
export async function openAtomically(destination: string): Promise<AtomicFile> {
  const folder = dirname(destination);
  await mkdir(folder, { recursive: true });
  const path = join(folder, temporaryFor(basename(destination)));
  const handle = await open(path, 'wx+', 0o644);
  being.add(path);
  const discard = async () => {
    await handle.close().catch(() => {});
    await rm(path, { force: true }).finally(() => being.delete(path));
  };
  return {
    handle,
    discard,
    async commit() {
      try {
        await handle.close();
        await rename(path, destination);
        being.delete(path);
      } catch (error) {
        await discard();
        throw error;
      }
    },
  };
}

/** Replaces a small file whole. */
export async function writeAtomically(destination: string, text: string): Promise<void> {
  const file = await openAtomically(destination);
  try {
    await file.handle.writeFile(text);
  } catch (error) {
    await file.discard();
    throw error;
  }
  await file.commit();
}

/**
 * Removes what killed builds have left in a folder. A temporary file is left alone while the
 * process that its name tells is alive, since that may be another build into the same folder.
 */
export async function sweepLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = temporaryName.exec(name)?.[1];
    const path = join(folder, name);
    if (owner === undefined || being.has(path) || isOther(Number(owner))) continue;
    await rm(path, { force: true }).catch(() => {});
  }
}

function temporaryFor(name: string): string {
  const shown = Buffer.byteLength(name) > NAME_LIMIT ? name.slice(0, NAME_LIMIT / 4) : name;
  return `.${shown}.pkgr-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** Whether a process other than this one has the id. */
function isOther(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // EPERM: it is there and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
