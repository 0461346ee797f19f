import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Names what the last build without Docker's cache on this machine has begun, so that later builds
 * take its results and no older ones (docs/decisions/no-cache.md).
 */
export interface Generation {
  /** A few hexadecimal digits. */
  readonly name: string;
  /** Later builds belong to it, too. */
  keep(): Promise<void>;
}

/** The generation that builds belong to now; undefined when every build has used the cache. */
export async function currentGeneration(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Generation | undefined> {
  const name = await readFile(join(folderOf(environment), FILE), 'utf8').catch(() => '');
  return /^[0-9a-f]{8}$/.test(name) ? { name, keep: async () => {} } : undefined;
}

export function newGeneration(
  environment: Readonly<Record<string, string | undefined>>,
): Generation {
  const name = randomBytes(4).toString('hex');
  return {
    name,
    async keep() {
      // A home that cannot be written only means that the next build may find older results.
      await mkdir(folderOf(environment), { recursive: true }).catch(() => {});
      await writeFile(join(folderOf(environment), FILE), name).catch(() => {});
    },
  };
}

const FILE = 'docker-generation';

function folderOf({ XDG_CACHE_HOME }: Readonly<Record<string, string | undefined>>): string {
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'pkgr');
}
