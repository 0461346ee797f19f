import { realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { CodeRoot } from '../plan/index.js';
import { type IgnorePatterns, ignorePatterns, withAllBelow } from '../project/index.js';
import { type Layer, layered } from './layering.js';
import { Problem } from './problem.js';
import { below, type TreeEntry } from './tree.js';
import { walk } from './walk.js';

type Copy = CodeRoot['copies'][number];

/** The project as the engine would see it. */
export interface Context {
  /** Absolute path of the project. */
  readonly root: string;
  readonly ignore: IgnorePatterns;
}

/**
 * What COPY would bring together from the project: a source that is a link is followed, links
 * below it are kept, and ignored files are not there.
 * @throws Problem when a source cannot be copied or two of them do not go together
 */
export async function copied(
  context: Context,
  copies: readonly Copy[],
): Promise<readonly TreeEntry[]> {
  const layers = await Promise.all(
    copies.map(async (copy): Promise<Layer<TreeEntry>> => {
      return { label: shown(copy.from), entries: await copyOf(context, copy) };
    }),
  );
  return layered(layers);
}

/** One root of a unit's code, without what it leaves out. */
export async function copiedRoot(
  context: Context,
  { copies, exclude }: CodeRoot,
): Promise<readonly TreeEntry[]> {
  const entries = await copied(context, copies);
  if (exclude.length === 0) return entries;
  const patterns = ignorePatterns(withAllBelow(exclude));
  return entries.filter(({ name }) => !patterns.excludes(name));
}

async function copyOf(context: Context, { kind, from, to }: Copy): Promise<readonly TreeEntry[]> {
  const { source, path } = await resolved(context, from);
  const status = await stat(source);
  if (kind === 'file') {
    if (!status.isFile()) throw new Problem('not-a-directory', `${shown(from)} is no file`);
    const executable = (status.mode & 0o111) !== 0;
    const name = to === '' ? basename(from) : to;
    return [{ kind: 'file', name, source, size: status.size, executable }];
  }
  if (!status.isDirectory()) throw new Problem('not-a-directory', `${shown(from)} is no folder`);
  const entries = await walk(source, { ignore: context.ignore, path });
  if (entries.length === 0 && to !== '') return [{ kind: 'folder', name: to }];
  return below(to, entries);
}

/** Where a source really lies: its absolute path, and its path below the project. */
async function resolved({ root, ignore }: Context, from: string) {
  const real = await realpath(root);
  let source: string;
  try {
    source = await realpath(join(root, from));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    throw new Problem('missing-file', `${shown(from)} does not exist`);
  }
  const path = relative(real, source).split(sep).join('/');
  if (path === '..' || path.startsWith('../')) {
    throw new Problem('link-outside-project', `${shown(from)} leads out of the project folder`);
  }
  if (path !== '' && ignore.excludes(path) && !ignore.mayTakeBackBelow(path)) {
    throw new Problem(
      'ignored-include',
      `${shown(from)} is left out by .dockerignore, exclude or the output folder`,
      `take it back in with the line !${path} in .dockerignore`,
    );
  }
  return { source, path };
}

function shown(from: string): string {
  return from === '' ? 'the project folder' : from;
}
