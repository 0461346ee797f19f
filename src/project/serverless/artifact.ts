import type { Diagnostic } from '../../diagnostics/index.js';
import { readPath, shownPath } from '../paths/path.js';
import type { Located } from '../unit.js';
import type { Surroundings } from './surroundings.js';

/**
 * Where the zip of a function goes: its package.artifact if that is a zip below buildDir, because
 * there the framework looks for it; undefined for NAME.zip in buildDir; `own` when the artifact is
 * elsewhere, and so a zip of the user's own making.
 */
export function artifactOf(
  name: string,
  artifact: Located<string> | undefined,
  { manifest, report, tree }: Surroundings,
): Located<string> | 'own' | undefined {
  const { buildDir } = manifest.options;
  if (artifact === undefined || buildDir === undefined) return undefined;
  const output = readPath(buildDir.value, 'the project folder');
  const path = readPath(fromProject(artifact.value, tree.root), 'the project folder');
  // What is wrong with buildDir is told where the output folder is checked.
  if (output.kind === 'refused' || output.path === '') return undefined;
  const isBelow = path.kind === 'path' && path.path.startsWith(`${output.path}/`);
  if (!isBelow || !path.path.endsWith('.zip')) {
    report(ownZip(name, artifact, output.path));
    return 'own';
  }
  if (path.path === `${output.path}/${name}.zip`) return undefined;
  report(otherName(name, artifact, output.path));
  return { value: path.path, at: artifact.at };
}

/** The framework hands over absolute paths where it has resolved them. */
function fromProject(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

function ownZip(name: string, artifact: Located<string>, output: string): Diagnostic {
  return {
    code: 'own-artifact',
    severity: 'notice',
    message: `${name} is not packaged: its artifact ${shownPath(artifact.value)} is not a zip in ${shownPath(output)}`,
    at: artifact.at,
    hint: `remove artifact, or write ${output}/${name}.zip, to have it packaged`,
  };
}

function otherName(name: string, artifact: Located<string>, output: string): Diagnostic {
  return {
    code: 'own-artifact',
    severity: 'notice',
    message: `the zip of ${name} is written to ${shownPath(artifact.value)}, where its artifact is looked for`,
    at: artifact.at,
    hint: `without artifact it would be ${output}/${name}.zip`,
  };
}
