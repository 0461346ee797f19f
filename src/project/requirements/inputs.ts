import type { RequirementInput } from '../unit.js';

/** Sorted by path, each path once, without what lies in a folder that is listed itself. */
export function tidyInputs(inputs: Iterable<RequirementInput>): readonly RequirementInput[] {
  const byPath = new Map<string, RequirementInput>();
  const folders = new Set<string>();
  for (const input of inputs) {
    byPath.set(input.path, input);
    if (input.kind === 'directory') folders.add(input.path);
  }
  return [...byPath.values()]
    .filter((input) => !liesIn(input.path, folders))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

function liesIn(path: string, folders: ReadonlySet<string>): boolean {
  if (path !== '' && folders.has('')) return true;
  for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    if (folders.has(path.slice(0, slash))) return true;
  }
  return false;
}
