import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnostic, hasErrors, PkgrError } from '../diagnostics/index.js';
import { loadProject } from '../project/index.js';
import { fromFolders, fromProject, printStarter, type Starter } from '../starter/index.js';
import type { ProjectOptions } from './open.js';

const FILE = 'pkgr.yml';

/** A pkgr.yml that was written, and what was decided for it. */
export interface Initialised {
  /** Its path below the folder. */
  readonly path: string;
  readonly decisions: readonly string[];
  /** Names of functions and layers, in order. */
  readonly units: readonly string[];
  /** What is worth telling of the manifest that it was made from. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes a first pkgr.yml: from another tool's manifest, or from the Python files of the folder.
 * @throws PkgrError when there is a pkgr.yml already, when there is nothing to make one from, or
 * with everything that is wrong in the other manifest
 */
export async function init(options: ProjectOptions): Promise<Initialised> {
  const { starter, diagnostics } = await starterOf(options);
  try {
    await writeFile(join(options.cwd, FILE), printStarter(starter), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') throw isThere();
    throw error;
  }
  const { decisions, units } = starter;
  return { path: FILE, decisions, units: units.map(({ name }) => name), diagnostics };
}

async function starterOf(
  options: ProjectOptions,
): Promise<{ readonly starter: Starter; readonly diagnostics: readonly Diagnostic[] }> {
  const { project, diagnostics } = await loadProject(options);
  if (project?.manifest === FILE) throw isThere();
  if (project !== undefined) return { starter: fromProject(project), diagnostics };
  const isMissing = diagnostics.some(({ code }) => code === 'manifest-not-found');
  if (!isMissing || options.manifest !== undefined) {
    // One that is there and wrong is not overwritten either.
    if (diagnostics.some(({ at }) => at?.file === FILE)) throw isThere();
    if (hasErrors(diagnostics)) throw new PkgrError(diagnostics);
  }
  const starter = await fromFolders(options.cwd);
  if (starter !== undefined) return { starter, diagnostics: [] };
  throw new PkgrError([
    {
      code: 'manifest-not-found',
      severity: 'error',
      message: 'there is no manifest of another tool in this folder, and no file with a handler',
      hint: 'a handler is a function such as def handler(event, context); or name a manifest with -m FILE',
    },
  ]);
}

function isThere(): PkgrError {
  return new PkgrError([
    {
      code: 'file-exists',
      severity: 'error',
      message: `${FILE} is there already, and is left as it is`,
      at: { file: FILE, line: 1, column: 1 },
      hint: 'rename it first to have a new one written; pkgr plan shows what it says',
    },
  ]);
}
