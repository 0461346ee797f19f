import { chmod, copyFile, mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { shortHash } from '../inputs/index.js';

/** The folder of the programs that run inside the build; it is published beside dist/. */
export const programsFolder = fileURLToPath(new URL('../../templates/', import.meta.url));

/** Names of the programs, sorted. */
export async function programNames(): Promise<readonly string[]> {
  const names = await readdir(programsFolder);
  return names.filter((name) => /\.(py|sh)$/.test(name)).sort();
}

/** One program's text. */
export async function readProgram(name: string): Promise<string> {
  return readFile(join(programsFolder, name), 'utf8');
}

/** A hash of all programs, which is part of every unit's inputs. */
export async function hashPrograms(): Promise<string> {
  const names = await programNames();
  const texts = await Promise.all(names.map(readProgram));
  return shortHash(JSON.stringify(names.map((name, index) => [name, texts[index]])));
}

/** The version of pkgr itself. */
export async function pkgrVersion(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url);
  const { version }: Readonly<Record<string, unknown>> = JSON.parse(await readFile(file, 'utf8'));
  return String(version);
}

/**
 * Copies the programs to a folder. They have one mode whatever the umask, because it is in Docker's
 * key, and one date, so that Docker is not sent again what it has.
 */
export async function copyPrograms(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    (await programNames()).map(async (name) => {
      const path = join(folder, name);
      await copyFile(join(programsFolder, name), path);
      await chmod(path, 0o644);
      await utimes(path, 0, 0);
    }),
  );
}
