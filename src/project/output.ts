import type { Diagnostic, DiagnosticCode, Location } from '../diagnostics/index.js';
import { shownInclude } from './include.js';
import { outsideHint } from './paths/check.js';
import { follow } from './paths/follow.js';
import { readPath, shownPath } from './paths/path.js';
import type { Tree } from './paths/tree.js';
import type { Include, Located } from './unit.js';

export const defaultOutput = 'dist';

/**
 * The folder of the zips, below the project; undefined, with a report, when it cannot be used.
 * @param key what the manifest calls it
 */
export function resolveOutput(
  tree: Tree,
  written: Located<string> | undefined,
  key: string,
  manifestAt: Location,
  report: (diagnostic: Diagnostic) => void,
): string | undefined {
  const at = written?.at ?? manifestAt;
  const refuse = (code: DiagnosticCode, message: string, hint: string) => {
    report({ code, severity: 'error', message, at, hint });
    return undefined;
  };
  const reading = readPath(written?.value ?? defaultOutput, 'the project folder');
  const another = `choose a folder in the project, such as ${key}: build`;
  if (reading.kind === 'refused') return refuse(reading.code, reading.message, another);
  const { path } = reading;
  if (path === '' || path === '.git' || path.startsWith('.git/')) {
    const what = path === '' ? 'the project folder itself' : 'part of the Git repository';
    return refuse('output-in-use', `the output folder is ${what}`, another);
  }
  // The nearest part of it that exists decides: the rest will be made.
  const names = path.split('/');
  for (let count = names.length; count > 0; count -= 1) {
    const part = names.slice(0, count).join('/');
    const end = follow(tree, part);
    if (end.kind === 'missing') continue;
    const shown = shownPath(part);
    if (end.kind === 'directory') break;
    if (end.kind === 'outside') {
      const message = `the output folder goes through ${shownPath(end.link)}, a link out of the project, to ${shownPath(end.target)}`;
      return refuse('link-outside-project', message, outsideHint);
    }
    return refuse(
      'not-a-directory',
      `${shown} is not a folder, so no zip can be put in it`,
      another,
    );
  }
  return path;
}

/** Includes that would never be packed, because the output folder is kept from the build. */
export function includesInOutput(
  includes: readonly Include[],
  output: string,
  key: string,
): readonly Diagnostic[] {
  const inside = includes.filter(({ from }) => from === output || from.startsWith(`${output}/`));
  return inside.map((include) => ({
    code: 'output-in-use',
    severity: 'error',
    message: `${shownInclude(include)} is in the output folder ${shownPath(output)}, which is overwritten and never packed`,
    at: include.at,
    hint: `choose another folder for the zips, such as ${key}: build`,
  }));
}
