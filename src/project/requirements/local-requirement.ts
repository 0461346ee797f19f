import { posix } from 'node:path';
import type { Diagnostic, Location } from '../../diagnostics/index.js';
import type { RequirementInput } from '../unit.js';
import { placeOf } from './place.js';
import * as problems from './problems.js';
import type { ProjectFiles } from './project-files.js';
import { quote } from './quote.js';
import { belowRoot, exists, nearestPath } from './suggest.js';
import { isArchive, type LocalTarget } from './target.js';
import { isWheelName, wheelRefusal } from './url.js';

/** What pip reads from the project on account of one line, or why it cannot. */
export interface Outcome {
  readonly inputs: readonly RequirementInput[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks a wheel, an sdist or a project folder. pip resolves it from its working directory, the
 * project folder; `folder` is that of the requirements file, where people expect it.
 */
export function localRequirement(
  target: LocalTarget,
  folder: string,
  at: Location,
  files: ProjectFiles,
): Outcome {
  const subject = target.needs === 'folder' ? 'the project folder' : 'the package';
  const place = placeOf(target.path, '');
  if (place.kind === 'unnameable') {
    return failed(problems.unnameable(target.path, place.why, at));
  }
  if (place.kind !== 'inside') {
    const below = place.kind === 'absolute' ? belowRoot(files.root, target.path) : undefined;
    const hint = below === undefined ? undefined : `write ${line(target, below)}`;
    return failed(problems.outside('the package', target.path, place.kind, at, hint));
  }
  const { path } = place;
  const found = files.look(path);
  switch (found.kind) {
    case 'link-outside':
      return failed(problems.linkOutside(subject, target.path, at));
    case 'unreadable':
      return failed(problems.unreadable(subject, target.path, found.why, at));
    case 'missing': {
      if (target.otherwise !== undefined) return failed(problems.refusedLine(target.otherwise, at));
      const hint = whereInstead(target, path, folder, files);
      return failed(problems.missing(subject, target.path, at, hint));
    }
    case 'directory': {
      const project = posix.join(path, target.subdirectory);
      if (isProject(project, files)) return read({ kind: 'directory', path });
      return failed(problems.notInstallable(target.path, at));
    }
    case 'file':
      return archiveFile(target, path, at);
  }
}

function archiveFile(target: LocalTarget, path: string, at: Location): Outcome {
  if (target.needs === 'folder') {
    return failed(problems.wrongKind(target.path, 'file', 'a project folder', at));
  }
  const name = posix.basename(path);
  if (name.endsWith('.whl') && !isWheelName(name)) {
    return failed(problems.refusedLine(wheelRefusal(name), at));
  }
  if (target.writtenAs === 'path' && !isArchive(path)) {
    const problem = `${quote(target.path)} is a file, but neither a wheel nor an archive`;
    const hint = 'to install what a requirements file lists, write -r before its path';
    return failed(problems.refusedLine({ problem, hint }, at));
  }
  return read({ kind: 'file', path });
}

/** pip's is_installable_dir. */
function isProject(path: string, files: ProjectFiles): boolean {
  if (path === '..' || path.startsWith('../')) return false;
  for (const name of ['pyproject.toml', 'setup.py']) {
    if (files.look(posix.join(path, name)).kind === 'file') return true;
  }
  return false;
}

function whereInstead(
  target: LocalTarget,
  path: string,
  folder: string,
  files: ProjectFiles,
): string | undefined {
  const beside = placeOf(target.path, folder);
  if (folder !== '' && beside.kind === 'inside' && exists(files, beside.path)) {
    return `pip looks in the project folder, not in ${folder}: write ${line(target, beside.path)}`;
  }
  const near = nearestPath(files, path);
  return problems.didYouMean(near === undefined ? undefined : line(target, near));
}

/** The line to write when the path is another. */
function line(target: LocalTarget, path: string): string {
  const option = target.needs === 'folder' ? '-e ' : '';
  return option + problems.asWritten(path) + target.suffix;
}

function read(input: RequirementInput): Outcome {
  return { inputs: [input], diagnostics: [] };
}

function failed(diagnostic: Diagnostic): Outcome {
  return { inputs: [], diagnostics: [diagnostic] };
}
