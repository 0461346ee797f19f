import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { docker, hasEngine } from '../engine/local-engine.js';
import { localProject } from '../host/python-packages.js';
import { needsEngine } from './engine-environment.js';
import { fresh, newFolder, newProject, writeFiles, zipHashes } from './project.js';
import { build, ended, run, said, startPkgr } from './run.js';

const MINUTES = 180_000;

describe.runIf(hasEngine)(`a build that is ended before its time${needsEngine}`, () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 130],
  ] as const)(
    'by %s ends within seconds and leaves nothing but the earlier zips',
    async (signal, code) => {
      const project = newProject({
        'pkgr.yml': `global: {runtime: python3.11, include: code/}
functions:
  quick: {}
  slow: {requirements: [--no-index, ./lib]}
`,
        'code/app.py': `TOKEN = "${fresh()}"\n`,
        ...localProject('lib', 'library'),
      });
      await build(project);
      const earlier = zipHashes(project);
      const backend = localProject('lib', 'library')['lib/backend.py'];
      writeFiles(project, {
        'code/app.py': `TOKEN = "${fresh()}"\n`,
        'lib/backend.py': `import time\ntime.sleep(600)\n${backend}`,
      });

      const temporary = newFolder();
      const building = startPkgr(project, ['build'], { env: { TMPDIR: temporary } });
      await said(building, /^pack quick: /m);
      await wait(1500);
      expect(await processesNaming(temporary)).not.toEqual([]);
      const started = performance.now();
      building.kill(signal);
      const { stdout, stderr, ...end } = await ended(building);
      expect(performance.now() - started).toBeLessThan(6000);
      expect({ ...end, stdout }).toEqual({ code, stdout: '' });
      expect(stderr).toMatch(/^error: The build was interrupted \[interrupted\]$/m);

      expect(await processesNaming(temporary)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
      expect(zipHashes(project)).toEqual(earlier);
      expect(readdirSync(join(project, 'dist')).sort()).toEqual([
        'artifacts.json',
        'quick.zip',
        'slow.zip',
      ]);
    },
    MINUTES,
  );

  test(
    'whose reader has gone away ends as well as any other',
    async () => {
      const project = newProject({
        'pkgr.yml': `functions: {f: {runtime: python3.11, include: app.py, image: pkgr.invalid/none}}\n`,
        'app.py': `TOKEN = "${fresh()}"\n`,
      });
      expect(await codeWithoutReader(project)).toBe(1);
      writeFiles(project, {
        'pkgr.yml': 'functions: {f: {runtime: python3.11, include: app.py}}\n',
      });
      expect(await codeWithoutReader(project)).toBe(0);
    },
    MINUTES,
  );

  test(
    'by SIGKILL while a zip arrives leaves the earlier one whole, and the next build sweeps',
    async () => {
      const project = newProject({
        'pkgr.yml': 'functions: {f: {runtime: python3.11, include: data.bin}}\n',
        'data.bin': 'small',
        // Passes on half of a zip and no more.
        'slow-docker': `#!/bin/sh
case "$*" in
  *--target\\ changed*) ${docker} "$@" | { head -c 300000; echo $$ > halfway; exec sleep 600; } ;;
  *) exec ${docker} "$@" ;;
esac
`,
      });
      await build(project);
      const earlier = readFileSync(join(project, 'dist/f.zip'));
      writeFiles(project, { 'data.bin': randomBytes(1_000_000) });

      const env = { PKGR_DOCKER: join(project, 'slow-docker') };
      const killed = startPkgr(project, ['build'], { env });
      const group = await eventually(() => readFileSync(join(project, 'halfway'), 'utf8'));
      const leftover = await eventually(() => {
        const name = readdirSync(join(project, 'dist')).find((each) => each.startsWith('.f.zip.'));
        if (name === undefined) throw new Error('no zip is on its way');
        return name;
      });
      killed.kill('SIGKILL');
      await ended(killed);
      process.kill(-Number(group), 'SIGKILL');
      expect(readFileSync(join(project, 'dist/f.zip')).equals(earlier)).toBe(true);
      expect(readdirSync(join(project, 'dist')).sort()).toEqual([
        leftover,
        'artifacts.json',
        'f.zip',
      ]);

      expect(await build(project)).toEqual({ f: 'built' });
      expect(readdirSync(join(project, 'dist')).sort()).toEqual(['artifacts.json', 'f.zip']);
      expect(readFileSync(join(project, 'dist/f.zip')).length).toBeGreaterThan(1_000_000);
    },
    MINUTES,
  );
});

/** The exit code of a build whose output nobody reads. */
async function codeWithoutReader(project: string): Promise<number | undefined> {
  const building = startPkgr(project, ['build']);
  building.stdout.destroy();
  building.stderr.destroy();
  return (await building).exitCode;
}

/** Command lines of the processes that have the folder in them. */
async function processesNaming(folder: string): Promise<readonly string[]> {
  const { stdout } = await run('ps', ['-eo', 'args']);
  return stdout.split('\n').filter((line) => line.includes(folder));
}

async function eventually<T>(look: () => T): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return look();
    } catch (error) {
      if (attempt > 600) throw error;
      await wait(50);
    }
  }
}
