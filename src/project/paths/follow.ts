import type { Tree } from './tree.js';

/** Where a path leads once the links on its way are followed. */
export type Destination =
  | { readonly kind: 'file' | 'directory' | 'special'; readonly path: string }
  | {
      readonly kind: 'missing';
      /** The folder in which something is missing, and its name. */
      readonly folder: string;
      readonly name: string;
      readonly reason?: string;
    }
  /** `link` is a path below the project, `target` what is written in it. */
  | { readonly kind: 'outside' | 'loop'; readonly link: string; readonly target: string };

/** Linux gives up after as many. */
const maxLinks = 40;

/**
 * Follows a path the way BuildKit does, which sees nothing but the project folder: an absolute
 * target and a `..` above the folder lead out of it, even when they come back by its name.
 */
export function follow(tree: Tree, path: string): Destination {
  const ahead = stepsOf(path, { link: '', target: '' });
  const behind: string[] = [];
  let links = 0;
  for (let step = ahead.pop(); step !== undefined; step = ahead.pop()) {
    const { name, from } = step;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (behind.pop() === undefined) return { kind: 'outside', ...from };
      continue;
    }
    const here = [...behind, name].join('/');
    const entry = tree.entry(here);
    if (entry.kind === 'missing') {
      const { reason } = entry;
      return { kind: 'missing', folder: behind.join('/'), name, ...(reason && { reason }) };
    }
    if (entry.kind !== 'link') {
      behind.push(name);
      continue;
    }
    const link = { link: here, target: entry.target };
    if (/^(\/|[A-Za-z]:)/.test(entry.target)) return { kind: 'outside', ...link };
    links += 1;
    if (links > maxLinks) return { kind: 'loop', ...link };
    ahead.push(...stepsOf(entry.target, link));
  }
  const found = behind.join('/');
  const { kind } = found === '' ? { kind: 'directory' as const } : tree.entry(found);
  if (kind === 'missing' || kind === 'link') throw new Error(`followed to nowhere: ${found}`);
  return { kind, path: found };
}

/** A name on the way, and the link whose text it is part of. */
interface Step {
  readonly name: string;
  readonly from: { readonly link: string; readonly target: string };
}

/** The names of a path, the first one last. */
function stepsOf(path: string, from: Step['from']): Step[] {
  return path
    .split('/')
    .reverse()
    .map((name) => ({ name, from }));
}
