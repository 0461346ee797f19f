import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The runtime when nothing says another. */
const newestLongLived = 'python3.13';

/** Where other tools keep what a project needs: pkgr reads requirements files only, as pip does. */
const otherLists: Readonly<Record<string, string>> = {
  'uv.lock': 'uv export -o requirements.txt',
  'poetry.lock': 'poetry export -o requirements.txt',
  'Pipfile.lock': 'pipenv requirements > requirements.txt',
  'pyproject.toml': 'pip-compile -o requirements.txt',
};

/** Packages that no zip would have, because no requirements file names them. */
export async function unreadPackages(
  root: string,
  requirements: ReadonlySet<string>,
): Promise<readonly string[]> {
  if (requirements.has('requirements.txt')) return [];
  for (const [file, command] of Object.entries(otherLists)) {
    const text = await readText(root, file);
    const isList = file !== 'pyproject.toml' || /^dependencies\s*=/m.test(text ?? '');
    if (text !== undefined && isList) {
      return [`Packages of ${file} are not read: ${command}, and add requirements to global.`];
    }
  }
  return [];
}

/** pyenv's file tells which Python the project is written for; and what there is to say of that. */
export async function runtimeOf(
  root: string,
): Promise<{ readonly runtime: string; readonly says: string }> {
  const written = /^\s*(?:python-?)?3\.(\d+)/.exec(
    (await readText(root, '.python-version')) ?? '',
  )?.[1];
  const minor = Number(written ?? Number.NaN);
  if (minor >= 8 && minor <= 14) {
    return { runtime: `python3.${minor}`, says: `The runtime is that of .python-version.` };
  }
  return {
    runtime: newestLongLived,
    says: `The runtime is ${newestLongLived}: no .python-version says another.`,
  };
}

/** A file of the project; undefined when there is none that can be read. */
export async function readText(root: string, path: string): Promise<string | undefined> {
  return readFile(join(root, path), 'utf8').catch(() => undefined);
}
