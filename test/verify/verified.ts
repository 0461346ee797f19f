import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProject, type VerifyResult, verify } from '../../src/api/index.js';
import type { Runtime } from '../../src/project/index.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';

/** A day on which Lambda supports the runtimes of the tests. */
const today = new Date('2026-01-01');

/** What the engine of the tests is to be used with. */
export async function engineOptions(runtimes: readonly Runtime[]) {
  return {
    namedContexts: await buildContexts(runtimes),
    builders: [await engineBuilder()],
    environment: process.env,
    noCache: false,
  };
}

/** Verifies units of a project, or all, and removes nothing and writes nothing there. */
export async function verifyIn(
  cwd: string,
  runtimes: readonly Runtime[],
  units: readonly string[] = [],
): Promise<VerifyResult> {
  const open = await openProject({ cwd, today });
  return verify(open, { ...(await engineOptions(runtimes)), units });
}

/** A copy of a folder, to be removed. */
export async function copyOf(folder: string) {
  const copy = await mkdtemp(join(tmpdir(), 'pkgr-verify-'));
  await cp(folder, copy, { recursive: true });
  return { folder: copy, remove: () => rm(copy, { recursive: true, force: true }) };
}
