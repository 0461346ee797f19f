import { posix, relative, resolve } from 'node:path';
import { applyDifferences, compareFiles, type TextFile } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import {
  GENERATED_MARK,
  generateDockerfiles,
  ownContexts,
  printBuildCommand,
  secretVariables,
  usesSsh,
} from '../dockerfile/index.js';
import { type OpenProject, selectUnits } from './open.js';
import { programNames, readProgram } from './programs.js';
import { type SecretOptions, secretFiles } from './secrets.js';

/** What `pkgr gen` is asked for. */
export interface GenerateOptions extends SecretOptions {
  /** Units whose own Dockerfile is wanted; without any, theirs and the combined one. */
  readonly units: readonly string[];
  /** Folder of the generated files; absolute, inside the project. */
  readonly folder: string;
  /** Only compare: nothing is written. */
  readonly check: boolean;
}

export interface Generated {
  /** Paths below the project of all files that are generated. */
  readonly files: readonly string[];
  /** Those of them that were not as they should be, and are now; removed ones included. */
  readonly changed: readonly string[];
  /** The command that builds on this machine, its private trust root included. */
  readonly command: string;
}

/**
 * Writes the Dockerfiles and the programs they run; a file that is right already is not touched,
 * and Dockerfiles of units that are gone are removed.
 * @throws PkgrError (exit code 1) with `check` when something differs.
 */
export async function generate(
  { project, plan }: OpenProject,
  options: GenerateOptions,
): Promise<Generated> {
  const folder = folderBelow(project.root, options.folder);
  const selected = selectUnits(plan, options.units);
  const complete = options.units.length === 0;
  const dockerfiles = await generateDockerfiles(plan, folder);
  const own = new Set(selected.map(({ name }) => `${name}.Dockerfile`));
  const wanted = dockerfiles.filter(
    ({ path }) => complete || own.has(path.replace(/\.dockerignore$/, '')),
  );
  const files = [...wanted, ...(await programFiles())];
  const differences = await compareFiles(options.folder, files, GENERATED_MARK, complete);
  const changed = [...differences.changed.map(({ path }) => path), ...differences.gone].map(
    (path) => posix.join(folder, path),
  );
  if (options.check && changed.length > 0) {
    throw new PkgrError(changed.map(staleFile), ExitCode.buildFailed);
  }
  if (!options.check) await applyDifferences(options.folder, differences);
  return {
    files: files.map(({ path }) => posix.join(folder, path)),
    changed,
    command: printBuildCommand({
      dockerfile: posix.join(folder, wanted[0]?.path ?? ''),
      output: plan.output,
      contexts: ownContexts(plan, selected),
      secrets: secretFiles(plan, selected, '', options),
      secretVariables: secretVariables(plan, selected),
      ssh: usesSsh(plan, selected),
    }),
  };
}

/** The Dockerfiles bind their programs from the build context, so they must lie inside it. */
function folderBelow(root: string, folder: string): string {
  const path = relative(root, resolve(folder)).replaceAll('\\', '/');
  if (path !== '' && !path.startsWith('..') && !/[\p{Cc}\\]|^ | $/u.test(path)) return path;
  throw new PkgrError([
    {
      code: 'outside-project',
      severity: 'error',
      message: `generated files cannot be written to ${JSON.stringify(folder)}: it is not a folder inside the project`,
      hint: 'Docker reads them from the build context, which is the folder of the manifest',
    },
  ]);
}

async function programFiles(): Promise<readonly TextFile[]> {
  const names = await programNames();
  return Promise.all(
    names.map(async (name) => ({ path: `programs/${name}`, text: await readProgram(name) })),
  );
}

function staleFile(path: string): Diagnostic {
  return {
    code: 'stale-generated-file',
    severity: 'error',
    message: `${path} is not what pkgr gen would write`,
    hint: 'run pkgr gen and commit the result',
  };
}
