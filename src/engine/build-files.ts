import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ExitCode, PkgrError } from '../diagnostics/index.js';
import { linkToContext } from './context-link.js';

/** The folder that a solve's Dockerfile lies in. */
export interface BuildFiles {
  readonly dockerfile: string;
  /** A link to the build context; see linkToContext. */
  readonly context: string;
  remove(): Promise<void>;
  /** Leaves them there, also when the process ends. */
  keep(): void;
}

/** Texts of the Dockerfile and its ignore file, and the absolute path of the build context. */
export interface BuildFilesRequest
  extends Readonly<Record<'dockerfile' | 'ignore' | 'context', string>> {
  /** See linkToContext. */
  readonly isPart?: boolean;
}

/**
 * Writes a Dockerfile and its ignore file into a new folder that only this user can read.
 * BuildKit takes `<Dockerfile's name>.dockerignore` beside the Dockerfile in place of the
 * context's own, also when both lie outside the context.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 * @throws PkgrError when the temporary folder cannot be written.
 */
export async function writeBuildFiles({
  dockerfile,
  ignore,
  context,
  isPart = false,
}: BuildFilesRequest): Promise<BuildFiles> {
  let folder = '';
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  const keep = () => void process.removeListener('exit', removeNow);
  const remove = async () => {
    keep();
    if (folder !== '') await rm(folder, { recursive: true, force: true });
  };
  try {
    folder = await mkdtemp(join(tmpdir(), 'pkgr-'));
    process.once('exit', removeNow);
    const path = join(folder, 'Dockerfile');
    await writeFile(path, dockerfile, { mode: 0o600 });
    await writeFile(`${path}.dockerignore`, ignore, { mode: 0o600 });
    return {
      dockerfile: path,
      context: await linkToContext(context, isPart, folder),
      remove,
      keep,
    };
  } catch (error) {
    await remove();
    throw unwritable(error);
  }
}

function unwritable(error: unknown): PkgrError {
  const reason = error instanceof Error ? error.message : String(error);
  const code = /ENOSPC|EDQUOT/.test(reason) ? 'disk-full' : 'write-failed';
  const message = `The Dockerfile could not be written to the temporary folder ${tmpdir()}: ${reason}`;
  const hint = 'Make room there, or set TMPDIR to a folder that can be written.';
  return new PkgrError([{ code, severity: 'error', message, hint }], ExitCode.buildFailed);
}
