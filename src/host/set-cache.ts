import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** Zips of installed sets that are kept between builds, each by a key of all that went into it. */
export interface SetCache {
  /** A folder for pip's downloads. */
  readonly downloads: string;
  /** Path of the zip that is kept by this name. It may be replaced or removed once it is open. */
  find(name: string): Promise<string | undefined>;
  /** A path, not used yet, for a zip that is to be kept. */
  prepare(): string;
  /** Gives the zip at a path of `prepare` the name by which builds find it from now on. */
  keep(name: string, path: string): Promise<void>;
}

const DAY = 24 * 60 * 60 * 1000;
/** A zip that no build has asked for in this time is removed. */
const KEPT = 30 * DAY;
/** So is one that a killed build has left unfinished. */
const UNFINISHED_KEPT = DAY;
const unfinished = '.new';

/**
 * Opens the cache. Several processes may use it at once, without locks: a zip takes its place whole
 * and is never written to again, and who has it open keeps it whatever happens to its name.
 * @param folder absolute path; made if need be, for this user alone
 */
export async function openSetCache(folder: string): Promise<SetCache> {
  const sets = join(folder, 'sets');
  const downloads = join(folder, 'pip');
  for (const path of [sets, downloads]) await mkdir(path, { recursive: true, mode: 0o700 });
  return {
    downloads,
    async find(name) {
      const path = join(sets, name);
      const now = new Date();
      return utimes(path, now, now).then(
        () => path,
        () => undefined,
      );
    },
    prepare: () => join(sets, `${randomBytes(16).toString('hex')}${unfinished}`),
    async keep(name, path) {
      // A power cut must not leave an empty file under a name that says it is whole.
      const file = await open(path, 'r');
      await file.sync().finally(() => file.close());
      await rename(path, join(sets, name));
      await removeOld(sets).catch(() => {});
    },
  };
}

async function removeOld(sets: string): Promise<void> {
  const now = Date.now();
  for (const name of await readdir(sets)) {
    const path = join(sets, name);
    const limit = name.endsWith(unfinished) ? UNFINISHED_KEPT : KEPT;
    const status = await stat(path).catch(() => undefined);
    if (status !== undefined && now - status.mtimeMs > limit) await rm(path, { force: true });
  }
}
