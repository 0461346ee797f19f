import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ensureEngine } from '../../scripts/engine.mjs';

const engine = await ensureEngine({ install: false });

/** Whether tests that need an engine run; with PKGR_REQUIRE_DOCKER=1 its absence is a failure. */
export const hasEngine = engine.kind === 'ready';

/** The docker command of the engine; '' without one. */
export const docker = engine.kind === 'ready' ? engine.docker : '';

if (engine.kind === 'ready') process.env.PKGR_DOCKER = docker;

test.runIf(process.env.PKGR_REQUIRE_DOCKER === '1')('an engine is there, as is required', () => {
  expect(engine).toMatchObject({ kind: 'ready' });
});

/** A folder that is removed when the test ends, with files. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Makes pkgr run a shell script in place of docker, until the test ends. */
export function useScript(script: string): string {
  const folder = folderWith({});
  const path = join(folder, 'docker');
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  useCommand(path);
  return folder;
}

/** Makes pkgr run another command in place of docker, until the test ends. */
export function useCommand(path: string): void {
  setEnvironment('PKGR_DOCKER', path);
}

/** Sets a variable until the test ends. */
export function setEnvironment(name: string, value: string): void {
  const before = process.env[name];
  process.env[name] = value;
  onTestFinished(() => {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  });
}
