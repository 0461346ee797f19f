import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type BuildResult, build, openProject } from '../../src/api/index.js';
import { formatDiagnostic } from '../../src/diagnostics/index.js';
import { docker, hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';
import { readZip, textOf, type ZipEntry } from '../examples/zip.js';
import { byJuniper, image, newFolder, newProject, ownImage } from './project.js';

vi.setConfig({ testTimeout: 300_000 });

describe.runIf(hasEngine)('a project of juniper', () => {
  const local = `pkgr.local/juniper-test-${process.pid}`;
  let contexts: Readonly<Record<string, string>> = {};
  let root = '';

  beforeAll(async () => {
    contexts = await buildContexts(['python3.11']);
    const from = contexts[image]?.split('docker-image://')[1] ?? '';
    await makeImage(from, local);
    contexts = { ...contexts, [ownImage]: `docker-image://${local}` };
    root = await newProject();
    await built(root, contexts);
  }, 600_000);

  afterAll(async () => {
    if (docker !== '') await execa(docker, ['image', 'rm', '--force', local], { reject: false });
  });

  const zip = (unit: string): Promise<readonly ZipEntry[]> =>
    readZip(join(root, 'build', `${unit}.zip`));
  /** Bytecode, which juniper deletes and pkgr makes, apart. */
  const names = async (unit: string) =>
    (await zip(unit)).map(({ path }) => path).filter((path) => !path.includes('__pycache__/'));

  const app = {
    kind: 'function',
    requirements: 'requirements.txt',
    includes: ['./src/app', './src/shared/', './src/tool.py', './src/demo', '.hidden'],
  } as const;

  test('has the names that juniper gives its zip, when it is pruned in its way', async () => {
    const expected = byJuniper(root, app);
    expect(expected).toContain('app/main.py');
    expect((await zip('pruned')).map(({ path }) => path)).toEqual(expected);
  });

  test('has tests and metadata of packages besides, when it is not', async () => {
    const expected = byJuniper(root, app);
    expect((await names('app')).filter((name) => !expected.includes(name))).toEqual([
      'demo-1.0.dist-info/INSTALLER',
      'demo-1.0.dist-info/METADATA',
      'demo-1.0.dist-info/RECORD',
      'demo-1.0.dist-info/WHEEL',
      'demo/requirements.txt',
      'demo/tests/test_demo.py',
    ]);
  });

  test('has its own code over the packages, and keeps modes and links', async () => {
    const entries = await zip('app');
    expect(textOf(entries, 'demo/version.py')).toBe('VERSION = "own"\n');
    const kinds = entries.map(({ path, kind, mode }) => `${path} ${kind} ${mode.toString(8)}`);
    expect(kinds).toEqual(
      expect.arrayContaining(['app/run.sh file 755', 'app/main.py file 644', 'app/.keep file 644']),
    );
    expect(textOf(entries, 'app/link.py')).toBe('main.py');
    expect(entries.find(({ path }) => path === 'app/link.py')?.kind).toBe('link');
  });

  test('included whole has what juniper packs of it, and the packages it asks for', async () => {
    // Juniper would also pack the folder of the zips, and the pip.conf with its passwords.
    const expected = byJuniper(root, { kind: 'function', includes: ['./'] });
    const packed = (await names('whole')).filter((name) => !name.startsWith('demo'));
    expect(packed).toEqual(expected.filter((name) => !/^(build\/|demo|pip\.conf$)/.test(name)));
    expect(await names('whole')).toContain('demo/__init__.py');
  });

  test('has in a layer what its image carries, where Lambda looks for it', async () => {
    const carried = { lib: ['libmark.so', 'libmark.so.1'], bin: ['mark'] };
    const layer = {
      kind: 'layer',
      requirements: app.requirements,
      includes: ['src/shared'],
    } as const;
    expect(await names('base')).toEqual(byJuniper(root, { ...layer, carried }));
  });

  test('has what its image carries with its links and modes', async () => {
    const kinds = (await zip('base'))
      .filter(({ path }) => !path.startsWith('python/'))
      .map(({ path, kind, mode, content }) => {
        const target = kind === 'link' ? ` -> ${content.toString()}` : '';
        return `${mode.toString(8)} ${kind} ${path}${target}`;
      });
    expect(kinds).toEqual([
      '755 file bin/mark',
      '777 link lib/libmark.so -> libmark.so.1',
      '644 file lib/libmark.so.1',
    ]);
  });

  test('loses the zip of a unit that is gone, and no other file, unless cleaning is skipped', async () => {
    const again = await newProject();
    const declare = (name: string) => {
      const text = `functions: {${name}: {image: "${image}", include: [src]}}`;
      writeFileSync(join(again, 'manifest.yml'), text);
    };
    const all = ['old.zip', 'new.zip', 'notes.txt'];
    const left = () => all.filter((name) => existsSync(join(again, 'dist', name)));
    declare('old');
    await built(again, contexts);
    writeFileSync(join(again, 'dist/notes.txt'), '');
    declare('new');
    await built(again, contexts, { skipClean: true });
    expect(left()).toEqual(all);
    // Also when it was skipped before.
    await built(again, contexts);
    expect(left()).toEqual(['new.zip', 'notes.txt']);
  });

  test('tells every line and keeps its Dockerfile when it is asked to', async () => {
    const lines: string[] = [];
    await built(root, contexts, { debug: (line: string) => lines.push(line) });
    const dockerfile = /by the Dockerfile (\S+)$/.exec(lines[0] ?? '')?.[1] ?? '';
    expect(existsSync(dockerfile)).toBe(true);
    rmSync(dirname(dockerfile), { recursive: true });
    expect(lines.join('\n')).toMatch(/^\[app-zip 1\/1\] (from the cache|done in [0-9.]+ s)$/m);
  });
});

/** An image that carries a library, a link to it and a program, as juniper's documents have it. */
async function makeImage(from: string, tag: string): Promise<void> {
  const folder = newFolder();
  writeFileSync(
    join(folder, 'Dockerfile'),
    `FROM ${from}
RUN mkdir -p /var/task/lambda_lib /var/task/lambda_bin \\
 && touch /var/task/lambda_lib/libmark.so.1 \\
 && ln -s libmark.so.1 /var/task/lambda_lib/libmark.so \\
 && printf '#!/bin/sh\\n' > /var/task/lambda_bin/mark && chmod 755 /var/task/lambda_bin/mark
`,
  );
  const builder = await engineBuilder();
  await execa(docker, ['buildx', 'build', '--builder', builder, '--load', '--tag', tag, folder]);
}

/** Builds all units. Throws with what pkgr says when one fails. */
async function built(
  root: string,
  namedContexts: Readonly<Record<string, string>>,
  more: { readonly skipClean?: boolean; debug?(line: string): void } = {},
): Promise<BuildResult> {
  const result = await build(await openProject({ cwd: root, today: new Date('2026-01-01') }), {
    engine: 'docker',
    units: [],
    namedContexts,
    builders: [await engineBuilder()],
    environment: process.env,
    noCache: false,
    ...more,
  });
  const failures = result.units.flatMap((unit) =>
    unit.kind === 'failed' ? [formatDiagnostic(unit.diagnostic)] : [],
  );
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return result;
}
