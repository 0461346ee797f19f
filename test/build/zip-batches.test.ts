import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openProject, verify } from '../../src/api/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { wheel } from '../host/python-packages.js';
import { engineOptions } from '../verify/verified.js';
import { bakeGenerated } from './bake.js';
import { needsEngine } from './engine-environment.js';
import { type Content, fresh, hashOf, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr } from './run.js';

const MINUTES = 180_000;

/** Ten functions of code alone, and ten with a package, of which several share a batch. */
const plain = Array.from({ length: 10 }, (_, index) => `plain-${index}`);
const packed = Array.from({ length: 10 }, (_, index) => `packed-${index}`);
const names = [...packed, ...plain];

function filesOf(mark: string, wheelFile: Uint8Array): Readonly<Record<string, Content>> {
  const section = (name: string) =>
    `  ${name}: {handler: app.handler, include: functions/${name}/${name.startsWith('packed') ? ', requirements: requirements.txt' : ''}}\n`;
  return {
    'pkgr.yml': `global: {runtime: python3.11}\nfunctions:\n${names.map(section).join('')}`,
    'requirements.txt': '--no-index\n./vendor/one-1.0-py3-none-any.whl\n',
    'vendor/one-1.0-py3-none-any.whl': wheelFile,
    ...Object.fromEntries(
      names.map((name) => [
        `functions/${name}/app.py`,
        `import json\n\ndef handler(event, context, mark="${mark}"):\n    return json, "${name}"\n`,
      ]),
    ),
  };
}

describe.runIf(hasEngine)(`zips that one step makes${needsEngine}`, () => {
  let project: string;
  let files: Readonly<Record<string, Content>>;
  let built: Readonly<Record<string, string>>;

  beforeAll(async () => {
    files = filesOf(fresh(), await wheel('one', { 'one.py': `ONE = "${fresh()}"\n` }));
    project = newProject(files);
    await build(project);
    built = zipHashes(project);
    await pkgr(project, ['gen']);
  }, MINUTES);

  beforeEach(async () => {
    writeFiles(project, files);
    await build(project);
    expect(zipHashes(project)).toEqual(built);
  }, MINUTES);

  /** What Docker alone makes with a generated Dockerfile. */
  async function bake(dockerfile: string, target?: string) {
    const { output, stderr } = await bakeGenerated(project, dockerfile, target);
    const hashes = readdirSync(output).map((name) => {
      return [name.replace(/\.zip$/, ''), hashOf(join(output, name))] as const;
    });
    return { packings: new Set(stderr.match(/RUN .*pack\.py/g)).size, hashes: new Map(hashes) };
  }

  test(
    'are fewer steps than zips, and the same zips as those of a unit by itself',
    async () => {
      const all = await bake('Dockerfile');
      expect(Object.fromEntries(all.hashes)).toEqual(built);
      expect(all.packings).toBeGreaterThan(0);
      expect(all.packings).toBeLessThanOrEqual(8);
      expect(await bake('Dockerfile', 'plain-3')).toEqual({
        packings: 1,
        hashes: new Map([['plain-3', built['plain-3']]]),
      });
      for (const name of ['plain-3', 'packed-3']) {
        expect(await bake(`${name}.Dockerfile`)).toEqual({
          packings: 1,
          hashes: new Map([[name, built[name]]]),
        });
      }
    },
    MINUTES,
  );

  test(
    'of one that was edited change that one alone',
    async () => {
      for (const edited of ['plain-4', 'packed-4']) {
        writeFiles(project, { [`functions/${edited}/app.py`]: 'handler = print\n' });
        expect(await build(project)).toEqual(
          Object.fromEntries(names.map((name) => [name, name === edited ? 'built' : 'unchanged'])),
        );
        const { [edited]: own, ...others } = zipHashes(project);
        expect({ ...others, [edited]: built[edited] }).toEqual(built);
        writeFiles(project, files);
        expect((await build(project))[edited]).toBe('built');
      }
    },
    MINUTES,
  );

  test(
    'do without those that cannot be packed, whose fault is told as if they were alone',
    async () => {
      const bad = { 'functions/packed-5/one.py/x': '', 'functions/packed-5/new': fresh() };
      const broken = newProject({ ...files, ...bad });
      const { code, stdout, stderr } = await pkgr(broken, ['build']);
      expect(code).toBe(1);
      expect(stdout.split('\n').sort()).toEqual(
        names.filter((name) => name !== 'packed-5').map((name) => `dist/${name}.zip`),
      );
      const { 'packed-5': _, ...others } = built;
      expect(zipHashes(broken)).toEqual(others);
      expect(stderr.match(/^pkgr\.yml.*$/gm)).toEqual([
        'pkgr.yml:8:3: error: packed-5: one.py is a file in the packages and a folder in the code: rename one, or exclude it [step-failed]',
      ]);
      // Its neighbours can be asked for, too.
      writeFiles(broken, { 'functions/packed-5/new': fresh() });
      const asked = packed.filter((name) => name !== 'packed-5');
      expect(await build(broken, asked)).toEqual(
        Object.fromEntries(asked.map((name) => [name, 'unchanged'])),
      );
    },
    MINUTES,
  );

  test(
    'are verified one by one',
    async () => {
      writeFiles(project, { 'functions/plain-6/app.py': 'import nothing_like_it\n' });
      const open = await openProject({ cwd: project, today: new Date('2026-01-01') });
      const { verdicts } = await verify(open, {
        ...(await engineOptions(['python3.11'])),
        units: ['plain-6', 'plain-7', 'packed-7'],
      });
      expect(verdicts.map(({ unit, status }) => [unit.name, status])).toEqual([
        ['packed-7', 'passed'],
        ['plain-6', 'failed'],
        ['plain-7', 'passed'],
      ]);
    },
    MINUTES,
  );
});
