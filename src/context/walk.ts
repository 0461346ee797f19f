import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { IgnorePatterns } from '../project/index.js';
import { Problem } from './problem.js';
import type { TreeEntry } from './tree.js';

/** What of a folder is not to be seen, as the engine leaves it out of the build context. */
export interface Filter {
  readonly ignore: IgnorePatterns;
  /** The folder's own path below the project, '' for the project. */
  readonly path: string;
}

/**
 * Lists everything below a folder. Links are kept as links, wherever they lead to. A folder whose
 * content is all ignored is an empty one, as in Docker's build context.
 * @param folder absolute path
 * @throws Problem for what a zip cannot hold
 */
export async function walk(folder: string, filter?: Filter): Promise<readonly TreeEntry[]> {
  const found = await walkBelow(folder, '', filter);
  return found ?? [];
}

/** Entries looked at before somebody else has a turn. */
const SLICE = 500;

/** The entries below a folder; undefined when it is ignored with all that is in it. */
async function walkBelow(
  folder: string,
  name: string,
  filter: Filter | undefined,
): Promise<readonly TreeEntry[] | undefined> {
  const ignored = isIgnored(name, filter);
  if (ignored && !filter?.ignore.mayTakeBackBelow(pathOf(name, filter))) return undefined;
  const entries: TreeEntry[] = [];
  // Asked one by one through Node's threads, 50,000 files take eight times as long.
  for (const [index, bytes] of readdirSync(folder, { encoding: 'buffer' }).entries()) {
    if (index % SLICE === 0) await setImmediate();
    const child = decode(bytes, folder);
    const inside = name === '' ? child : `${name}/${child}`;
    const path = join(folder, child);
    const status = lstatSync(path);
    if (status.isDirectory()) {
      for (const entry of (await walkBelow(path, inside, filter)) ?? []) entries.push(entry);
    } else if (!isIgnored(inside, filter)) entries.push(entryOf(path, inside, status));
  }
  if (entries.length > 0) return entries;
  if (ignored) return undefined;
  return name === '' ? [] : [{ kind: 'folder', name }];
}

function isIgnored(name: string, filter: Filter | undefined): boolean {
  return filter !== undefined && name !== '' && filter.ignore.excludes(pathOf(name, filter));
}

function pathOf(name: string, { path }: Filter): string {
  if (path === '' || name === '') return path + name;
  return `${path}/${name}`;
}

function entryOf(path: string, name: string, status: Stats): TreeEntry {
  if (status.isSymbolicLink()) {
    return { kind: 'link', name, target: readlinkSync(path, { encoding: 'buffer' }) };
  }
  if (status.isFile()) {
    const executable = (status.mode & 0o111) !== 0;
    return { kind: 'file', name, source: path, size: status.size, executable };
  }
  throw new Problem(
    'build-failed',
    `${path} is a socket, a fifo or a device: a zip holds files, folders and links`,
    'remove it, or leave it out with exclude',
  );
}

function decode(name: Buffer, folder: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(name);
  } catch {
    throw new Problem(
      'build-failed',
      `${join(folder, name.toString('latin1'))}: a name in a zip must be UTF-8`,
      'rename it',
    );
  }
}
