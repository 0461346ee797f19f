import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A text file, its path below the folder that all of them go to. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Which files on disk are not as they should be. */
export interface Differences {
  /** Missing, or with another text. */
  readonly changed: readonly TextFile[];
  /** Paths of files that an earlier run wrote and that nothing needs any more. */
  readonly gone: readonly string[];
}

/**
 * Compares files with what is on disk.
 * @param mark what the first line of a generated file begins with; others' files are never gone
 * @param complete whether `files` is all there should be, so that marked others are gone
 */
export async function compareFiles(
  folder: string,
  files: readonly TextFile[],
  mark: string,
  complete: boolean,
): Promise<Differences> {
  const changed = files.filter(({ path, text }) => readText(join(folder, path)) !== text);
  return { changed, gone: complete ? await findGone(folder, files, mark) : [] };
}

/**
 * Makes the folder as it should be, a file at a time and each atomically. Modes are 0644 whatever
 * the umask, because a file's mode is part of Docker's key.
 */
export async function applyDifferences(folder: string, differences: Differences): Promise<void> {
  for (const { path, text } of differences.changed) {
    const file = join(folder, path);
    const temporary = `${file}.pkgr-new`;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, text);
    await chmod(temporary, 0o644);
    await rename(temporary, file);
  }
  for (const path of differences.gone) await rm(join(folder, path), { force: true });
}

async function findGone(
  folder: string,
  files: readonly TextFile[],
  mark: string,
): Promise<readonly string[]> {
  const needed = new Set(files.map(({ path }) => path));
  const present = await readdir(folder).catch((): string[] => []);
  const gone: string[] = [];
  for (const path of present) {
    if (!path.endsWith('Dockerfile') || needed.has(path)) continue;
    const text = readText(join(folder, path));
    if (!text?.startsWith(mark)) continue;
    gone.push(path);
    if (present.includes(`${path}.dockerignore`)) gone.push(`${path}.dockerignore`);
  }
  return gone;
}

/** Asked one by one through Node's threads, two thousand small files take five times as long. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
