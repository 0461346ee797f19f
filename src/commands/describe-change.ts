import type { Change } from '../api/index.js';
import { visible } from '../diagnostics/index.js';

/** A change in a few words, such as `app.py changed` or `requests 2.31.0 -> 2.32.3`. */
export function describeChange(change: Change): string {
  return visible(wordsFor(change));
}

/**
 * Why a unit was built, as it fits on its line: the first reason, and how many others there are. Of a
 * requirement that has brought another version, the version says more.
 */
export function summariseChanges(changes: readonly Change[]): string {
  const hasVersions = changes.some(({ kind }) => kind === 'package');
  const told = changes.filter(({ kind }) => !hasVersions || kind !== 'requirement');
  const [first] = told;
  if (first === undefined) return '';
  const more = told.length - 1;
  return more === 0 ? describeChange(first) : `${describeChange(first)} and ${more} more`;
}

function wordsFor(change: Change): string {
  switch (change.kind) {
    case 'first-build':
      return 'first build';
    case 'zip':
      return `${change.path} ${zipStates[change.change]}`;
    case 'file':
      return `${change.path} ${change.change}`;
    case 'include':
      return `include ${change.path} ${change.change}`;
    case 'requirement':
      return `${change.file}: ${fromTo('', change)}`;
    case 'package':
      return fromTo(change.name, change);
    case 'image':
      return change.name === undefined
        ? `image ${fromTo('', change)}`
        : `another image named ${change.name}: ${fromTo('', change)}`;
    case 'os-package':
      return `OS package ${change.name} ${change.change}`;
    case 'library':
      return `OS package ${fromTo(change.name, change)}`;
    case 'option':
      return optionWords(change);
    case 'pkgr':
      return change.from === change.to
        ? `pkgr ${change.to} has other programs`
        : `pkgr ${change.from} -> ${change.to}`;
    case 'nothing-recorded':
      return 'nothing that is recorded changed';
  }
}

const zipStates = {
  missing: 'was missing',
  other: 'was not what had been built',
  unrecorded: 'was there, but nothing told of it',
} as const;

function optionWords(change: Change & { readonly kind: 'option' }): string {
  const { name, from, to } = change;
  if (!/^(buildEnvironment|args) /.test(name)) return `${name}: ${fromTo('', change)}`;
  // The value of a variable is only known by a hash.
  if (from !== undefined && to !== undefined) return `${name} changed`;
  return `${name} ${from === undefined ? 'added' : 'removed'}`;
}

function fromTo(name: string, { from, to }: { readonly from?: string; readonly to?: string }) {
  const words = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
  if (from === undefined) return words(name, to ?? '', 'added');
  return to === undefined ? words(name, from, 'removed') : words(name, from, '->', to);
}
