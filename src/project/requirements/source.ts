import { posix } from 'node:path';
import type { Diagnostic } from '../../diagnostics/index.js';
import type { Requirement } from '../unit.js';
import { decodeRequirements } from './decode.js';
import { findFile, type Include } from './include.js';
import { parseRequirements } from './parse.js';
import * as problems from './problems.js';
import type { ProjectFiles } from './project-files.js';
import { type Report, reportOf } from './report.js';

/** The largest requirements file that is read, in bytes; lock files with hashes take some 100 KB. */
const largestFile = 5_000_000;

/** Reads and reports one requirements or constraints file, given by its path below the project. */
export function reportOfFile(path: string, files: ProjectFiles): Report {
  const content = files.read(path, largestFile);
  if (content.kind === 'too-large') {
    const megabytes = (content.size / 1e6).toFixed(1);
    return onlyProblem(
      problems.wholeFile(
        path,
        `has ${megabytes} MB; requirements files over 5 MB are not read`,
        'is it another kind of file?',
      ),
    );
  }
  if (content.kind === 'unreadable') {
    const at = { file: path, line: 1, column: 1 };
    return onlyProblem(problems.unreadable('the requirements file', path, content.why, at));
  }
  const decoded = decodeRequirements(content.bytes);
  if (decoded.kind === 'undecodable') {
    return onlyProblem(problems.wholeFile(path, decoded.problem, decoded.hint, decoded.line));
  }
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  const locate = (position: { line: number; column: number }) => ({
    file: path,
    line: position.line,
    column: position.column,
  });
  return reportOf(parseRequirements(decoded.text), { folder, locate }, files);
}

/** Reports what a manifest names: a file to be read next, or a line of its own. */
export function reportOfSource(source: Requirement, files: ProjectFiles): Report {
  if (source.kind === 'line') {
    if (isNotOneLine(source.text)) {
      const problem = 'a requirement in the manifest is one whole line, this is not';
      const hint = 'make each an item of the list, without a backslash or a line break';
      return onlyProblem(problems.refusedLine({ problem, hint }, source.at));
    }
    return reportOf(parseRequirements(source.text), { folder: '', locate: () => source.at }, files);
  }
  const found = findFile('requirements', source.path, '', source.at, files);
  const includes: Include[] = found.include === undefined ? [] : [found.include];
  return {
    asked: [],
    inputs: [],
    includes,
    usesSsh: false,
    isEmpty: false,
    diagnostics: found.diagnostics,
  };
}

/** Lines of a manifest end up below each other in one file: none may end early or run into the next. */
function isNotOneLine(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what Python splits lines at
  return /[\n\v\f\r\u001c-\u001e\u0085\u2028\u2029]|\\$/.test(text);
}

function onlyProblem(diagnostic: Diagnostic): Report {
  const nothing = { asked: [], inputs: [], includes: [], usesSsh: false, isEmpty: false };
  return { ...nothing, diagnostics: [diagnostic] };
}
