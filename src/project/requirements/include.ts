import type { Diagnostic, Location } from '../../diagnostics/index.js';
import type { IncludeRole } from './parse.js';
import { placeOf } from './place.js';
import * as problems from './problems.js';
import type { ProjectFiles } from './project-files.js';
import { hasVariable } from './quote.js';
import { belowRoot, exists, nearestPath } from './suggest.js';
import { readUrl } from './url.js';

/** A requirements or constraints file that is named somewhere and exists. */
export interface Include {
  readonly path: string;
  readonly role: IncludeRole;
  readonly at: Location;
}

export interface IncludeOutcome {
  readonly include?: Include;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds the file of `-r` or `-c`, which pip resolves from the folder of the file that names it.
 * A URL is left to pip, as is a path with an environment variable.
 */
export function findInclude(
  { role, value }: { readonly role: IncludeRole; readonly value: string },
  folder: string,
  at: Location,
  files: ProjectFiles,
): IncludeOutcome {
  if (hasVariable(value) || /^https?:/i.test(value)) return { diagnostics: [] };
  if (!/^file:/i.test(value)) return findFile(role, value, folder, at, files);
  const url = readUrl(value, '');
  if (url.kind === 'invalid') return failed(problems.refusedLine(url, at));
  return findFile(role, url.kind === 'local' ? url.path : value, '', at, files);
}

/** Finds a file by its path, seen from a folder of the project. */
export function findFile(
  role: IncludeRole,
  written: string,
  from: string,
  at: Location,
  files: ProjectFiles,
): IncludeOutcome {
  const subject = role === 'requirements' ? 'the requirements file' : 'the constraints file';
  const place = placeOf(written, from);
  if (place.kind === 'unnameable') return failed(problems.unnameable(written, place.why, at));
  if (place.kind !== 'inside') {
    const below = place.kind === 'absolute' ? belowRoot(files.root, written) : undefined;
    const hint = below === undefined ? undefined : `write ${problems.seenFrom(from, below)}`;
    return failed(problems.outside(subject, written, place.kind, at, hint));
  }
  const found = files.look(place.path);
  switch (found.kind) {
    case 'file':
      return { include: { path: place.path, role, at }, diagnostics: [] };
    case 'directory':
      return failed(problems.wrongKind(written, 'folder', subject.replace('the', 'a'), at));
    case 'link-outside':
      return failed(problems.linkOutside(subject, written, at));
    case 'unreadable':
      return failed(problems.unreadable(subject, written, found.why, at));
    case 'missing': {
      const hint = whereInstead(written, place.path, from, files);
      return failed(problems.missing(subject, written, at, hint));
    }
  }
}

function whereInstead(
  written: string,
  path: string,
  folder: string,
  files: ProjectFiles,
): string | undefined {
  const fromRoot = placeOf(written, '');
  if (folder !== '' && fromRoot.kind === 'inside' && exists(files, fromRoot.path)) {
    return `pip looks in ${folder}, where this file is: write ${problems.seenFrom(folder, fromRoot.path)}`;
  }
  const near = nearestPath(files, path);
  return problems.didYouMean(near === undefined ? undefined : problems.seenFrom(folder, near));
}

function failed(diagnostic: Diagnostic): IncludeOutcome {
  return { diagnostics: [diagnostic] };
}
