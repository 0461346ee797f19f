import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildResult } from '../../src/api/index.js';
import { printResults, resultsJson } from '../../src/commands/print-results.js';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { hasEngine } from '../engine/local-engine.js';
import { invoke } from '../examples/invoke.js';
import { runtimeImage } from '../examples/stand-ins.js';
import { readZip } from '../examples/zip.js';
import { projectWith, type TestProject } from './project.js';

const MINUTE = 60_000;

const handler = `
import psycopg2

def handler(event, context):
    try:
        psycopg2.connect(host="127.0.0.1", port=9, connect_timeout=1)
    except psycopg2.OperationalError as error:
        return {"libpq": psycopg2.__libpq_version__ // 10000, "error": type(error).__name__}
`;

// psycopg2 has no wheel for Linux: pip compiles it, against whichever libpq the image has.
const manifest = (runtime: string) => `
global:
  runtime: python3.11
layers:
  forgotten:
    requirements: [psycopg2==2.9.9]
    packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}
  whole:
    requirements: [psycopg2==2.9.9]
    packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}
    libs: auto
    runtimeImage: ${runtime}
  anywhere:
    requirements: [psycopg2==2.9.9]
    packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}
    libs: auto
    bins: [/usr/bin/pg_config]
functions:
  query:
    include: query.py
`;

describe.runIf(hasEngine)(
  'libs: auto, with psycopg2 compiled from source',
  { timeout: MINUTE },
  () => {
    let project: TestProject;
    let first: BuildResult;
    beforeAll(async () => {
      const runtime = await runtimeImage('python3.11');
      project = await projectWith({ 'pkgr.yml': manifest(runtime), 'query.py': handler });
      first = await project.build();
    }, 10 * MINUTE);
    afterAll(() => project?.remove());

    const call = (...layers: readonly string[]) =>
      invoke({
        runtime: 'python3.11',
        zip: project.zip('query'),
        layers: layers.map(project.zip),
        handler: 'query.handler',
        event: null,
      });
    const librariesOf = async (unit: string) =>
      (await readZip(project.zip(unit))).flatMap(({ path }) =>
        path.startsWith('lib/') ? [path.slice('lib/'.length)] : [],
      );

    test('gives a layer that works in a clean runtime', async () => {
      const value = { libpq: 15, error: 'OperationalError' };
      expect(await call('whole')).toEqual({ kind: 'returned', value });
      expect(await call('anywhere')).toEqual({ kind: 'returned', value });
    });

    test('is what the layer lacks that does not work', async () => {
      expect(await call('forgotten')).toMatchObject({
        during: 'import',
        message: expect.stringContaining('libpq.so.5: cannot open shared object file'),
      });
      expect(await librariesOf('forgotten')).toEqual([]);
    });

    test('carries what the runtime image has not, and nothing that it has', async () => {
      const carried = await librariesOf('whole');
      expect(carried).toEqual(expect.arrayContaining(['libpq.so.5', 'libldap-2.5.so.0']));
      for (const name of carried)
        expect(name).not.toMatch(/^lib(c|ssl|crypto|krb5|z|stdc\+\+)\.so/);
    });

    test('carries all but the basics of every Lambda when no image is named', async () => {
      const carried = await librariesOf('anywhere');
      expect(carried).toEqual(expect.arrayContaining(await librariesOf('whole')));
      expect(carried).toEqual(expect.arrayContaining(['libssl.so.3', 'libkrb5.so.3']));
      for (const name of carried) expect(name).not.toMatch(/^(lib(c|m|z|gcc_s|stdc\+\+)\.so|ld-)/);
    });

    test('reports which OS package everything came from', () => {
      const result = first.units.find(({ unit }) => unit.name === 'anywhere');
      const carried = result?.kind === 'failed' ? [] : (result?.digest.findings?.carried ?? []);
      const byName = new Map(carried.map((file) => [file.name, file]));
      expect(byName.get('lib/libpq.so.5')).toMatchObject({
        package: 'libpq5',
        version: expect.stringMatching(/^15\./),
        path: expect.stringMatching(/^\/usr\/lib\/x86_64-linux-gnu\/libpq\.so\.5\.15$/),
      });
      expect(byName.get('bin/pg_config')?.package).toMatch(/^libpq-dev|postgresql-common$/);
      for (const { name, package: owner } of carried) expect(owner, name).toBeDefined();
    });

    test('tells of it on the terminal and in JSON', () => {
      const lines = printResults(first, 1)
        .split('\n')
        .map((line) => line.trim());
      expect(lines).toContainEqual(expect.stringMatching(/^from libpq5 15\S+: lib\/libpq\.so\.5$/));
      const { units }: { units: { name: string; findings?: { carried: { name: string }[] } }[] } =
        JSON.parse(resultsJson(first));
      const { carried = [] } = units.find(({ name }) => name === 'anywhere')?.findings ?? {};
      expect(carried).toContainEqual({
        name: 'lib/libpq.so.5',
        path: expect.stringMatching(/^\/usr\/lib\//),
        package: 'libpq5',
        version: expect.stringMatching(/^15\./),
        system: 'deb/debian',
      });
    });

    test('is recommended to a person who forgot it, at every build', async () => {
      const told = formatDiagnostics(first.findings);
      expect(told).toMatch(
        /^pkgr\.yml:5:3: warning: layer "forgotten" needs libpq\.so\.5 and \d+ more libraries, which neither the zip nor Lambda has \[missing-library\]\n {2}\| libpq\.so\.5 of the OS package libpq5 15\S+, needed by python\/psycopg2\/_psycopg\.\S+\.so\n {2}\| and in turn .*\n {2}hint: write libs: auto; or nothing, if a layer brings them$/,
      );
      const second = await project.build();
      expect(second.units.map(({ kind }) => kind)).toEqual(Array(4).fill('unchanged'));
      expect(formatDiagnostics(second.findings)).toBe(told);
    });
  },
);
