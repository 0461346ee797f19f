import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Runtime } from '../../src/project/index.js';
import { docker } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from './stand-ins.js';

/** The command line as `npm run build` compiles it. */
const CLI = join(import.meta.dirname, '../../dist/cli/main.js');

/**
 * Runs a target of an example's Makefile, with pkgr and docker as a user has them on the PATH and
 * images made here in place of the public ones of these runtimes.
 * @returns what it said on stdout and stderr. Throws with that when it fails.
 */
export async function make(
  folder: string,
  arguments_: readonly string[],
  runtimes: readonly Runtime[],
): Promise<string> {
  const programs = join(folder, '../bin');
  await mkdir(programs, { recursive: true });
  await writeFile(join(programs, 'pkgr'), `#!/bin/sh\nexec "${process.execPath}" "${CLI}" "$@"\n`);
  await chmod(join(programs, 'pkgr'), 0o755);
  const contexts = Object.entries(await buildContexts(runtimes));
  const { all } = await execa('make', arguments_, {
    cwd: folder,
    all: true,
    env: {
      PATH: [programs, dirname(docker), process.env.PATH ?? ''].join(delimiter),
      BUILDX_BUILDER: await engineBuilder(),
      PKGR_BUILD_CONTEXTS: contexts.map(([name, value]) => `${name}=${value}`).join('\n'),
    },
  });
  return all;
}
