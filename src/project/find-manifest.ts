import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { type Diagnostic, nearest } from '../diagnostics/index.js';
import { manifestNames } from './dialect.js';
import { shownPath } from './paths/path.js';
import { systemErrorCode } from './system-error.js';

export type FoundManifest =
  | {
      readonly kind: 'found';
      /** Absolute path of the folder that is Docker's build context. */
      readonly root: string;
      /** POSIX path of the manifest below the root. */
      readonly file: string;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

/**
 * Finds and reads the manifest.
 * @param cwd absolute folder in which the command is run
 * @param manifest the file to use instead of looking for one, relative to `cwd` or absolute
 * @param root the project's folder; the manifest's own unless it is given
 */
export async function findManifest(
  cwd: string,
  manifest?: string,
  root?: string,
): Promise<FoundManifest> {
  const folder = resolve(cwd, root ?? (manifest === undefined ? '.' : dirname(manifest)));
  const paths =
    manifest === undefined
      ? manifestNames.map((name) => resolve(folder, name))
      : [resolve(cwd, manifest)];
  for (const path of paths) {
    const file = relative(folder, path).split(sep).join('/');
    try {
      const bytes = await readFile(path);
      if (file.startsWith('../')) return refused(outside(file));
      return { kind: 'found', root: folder, file, bytes };
    } catch (error) {
      const code = systemErrorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR')
        return refused(unreadable(manifest ?? file, code));
    }
  }
  return refused(await notFound(manifest, folder));
}

function refused(diagnostic: Diagnostic): FoundManifest {
  return { kind: 'refused', diagnostic };
}

async function notFound(manifest: string | undefined, folder: string): Promise<Diagnostic> {
  const wanted = manifest === undefined ? (manifestNames[0] ?? '') : basename(manifest);
  const meant = nearest(wanted, await yamlFiles(folder));
  const choose = 'create it, run pkgr in its folder, or name another with -m FILE';
  return {
    code: 'manifest-not-found',
    severity: 'error',
    message:
      manifest === undefined
        ? `there is no ${manifestNames.slice(0, -1).join(', ')} or ${manifestNames.at(-1)} in this folder`
        : `${shownPath(manifest)} does not exist`,
    hint: meant === undefined ? choose : `did you mean -m ${shownPath(meant)}?`,
  };
}

async function yamlFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (error) {
    systemErrorCode(error);
    return [];
  }
}

function unreadable(name: string, code: string): Diagnostic {
  const isFolder = code === 'EISDIR';
  return {
    code: 'manifest-unreadable',
    severity: 'error',
    message: `${shownPath(name)} ${isFolder ? 'is a folder' : `cannot be read: ${code}`}`,
    hint: isFolder ? `name the file in it, such as ${manifestNames[0]}` : 'check its permissions',
  };
}

function outside(file: string): Diagnostic {
  return {
    code: 'outside-project',
    severity: 'error',
    message: `the manifest ${shownPath(file)} is not in the project folder`,
    hint: 'its paths start from the project folder, so keep it there',
  };
}
