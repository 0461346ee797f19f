import type { DependencySet, PlannedRequirement } from './plan.js';

/** What pip is given: files only. */
export interface RequirementFiles {
  /** Paths from the project folder, in pip's order, each once. */
  readonly files: readonly string[];
  /** The one that is to be written; absent when the manifest has no requirements of its own. */
  readonly written?: { readonly path: string; readonly lines: readonly string[] };
}

/**
 * The requirements of a set as files. Those in the manifest become lines of one, because pip takes
 * options, hashes and comments in a line of a file, but not in an argument. It lies in the project
 * folder, where the paths in it start from.
 */
export function requirementFiles({ requirements, inputs }: DependencySet): RequirementFiles {
  const path = unusedName(inputs.map((input) => input.path));
  const pathOf = (each: PlannedRequirement) => (each.kind === 'file' ? each.path : path);
  const files = [...new Set(requirements.map(pathOf))];
  const lines = requirements.flatMap((each) => (each.kind === 'line' ? each.text : []));
  return lines.length === 0 ? { files } : { files, written: { path, lines } };
}

/** A name that no file of the project has which pip reads. */
function unusedName(paths: readonly string[]): string {
  let name = 'in-manifest.txt';
  while (paths.includes(name)) name = `in-${name}`;
  return name;
}
