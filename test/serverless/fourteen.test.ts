import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder, newProject, writeFiles, zipHashes } from '../build/project.js';
import { build } from '../build/run.js';
import { docker, hasEngine } from '../engine/local-engine.js';
import { readZip } from '../examples/zip.js';
import { fourteen, fourteenFunctions, zipName } from './fourteen.js';
import { type FrameworkName, frameworks, newService, type Ran, sls } from './service.js';

const MINUTE = 60_000;
const STAGE = 'dev';
const names = fourteen.map((key) => zipName(key, STAGE)).sort();

/** What a framework did, and which commands of docker pkgr has run for it. */
interface Packaged extends Ran {
  readonly folder: string;
  readonly solves: readonly string[];
}

describe.runIf(hasEngine)('a service of 14 functions', { timeout: 5 * MINUTE }, () => {
  const first = new Map<FrameworkName, Packaged>();
  const again = new Map<FrameworkName, Packaged>();
  beforeAll(async () => {
    const files = await fourteenFunctions('pkgr');
    for (const framework of frameworks) {
      const folder = await newService(files);
      first.set(framework, await packaged(framework, folder));
      again.set(framework, await packaged(framework, folder));
    }
  }, 15 * MINUTE);

  describe.each(frameworks)('in %s', (framework) => {
    const run = (runs = first): Packaged => {
      const found = runs.get(framework);
      if (found === undefined) throw new Error(`${framework} was not run`);
      return found;
    };

    test('is packaged into 14 zips, named as the old plugin names them', () => {
      const { code, output } = run();
      expect(output).toContain('14 packaged by pkgr: 14 built, 0 unchanged');
      expect(code).toBe(0);
    });

    test.each(names)('has in %s.zip what the old plugin packs', async (name) => {
      const entries = await readZip(join(run().folder, `_build/${name}.zip`));
      const lines = entries.map(({ path, content }) => `${checksum(content)} ${path}`);
      const packed = lines.filter((line) => !line.includes('__pycache__/'));
      expect(packed.map(comparable).sort()).toEqual(byOldPlugin(name));
    });

    test('is one solve, which brings the zips that are not there', () => {
      expect(run().solves).toEqual(['digests']);
    });

    test('is one solve when nothing has changed, and no zip is fetched', () => {
      const { code, output, solves } = run(again);
      expect(solves).toEqual(['digests']);
      expect(output).toContain('14 packaged by pkgr: 0 built, 14 unchanged');
      expect(code).toBe(0);
    });

    test('has every zip where the stack will look for it', () => {
      const state = JSON.parse(
        readFileSync(join(run().folder, '.serverless/serverless-state.json'), 'utf8'),
      ) as { service: { functions: Record<string, { package: { artifact: string } }> } };
      const artifacts = Object.entries(state.service.functions).map(
        ([key, { package: packaging }]) => [key, packaging.artifact],
      );
      expect(artifacts).toEqual(fourteen.map((key) => [key, `_build/${zipName(key, STAGE)}.zip`]));
    });
  });

  test('has the same bytes from both frameworks, and from pkgr without any', async () => {
    const alone = newProject(await fourteenFunctions('pkgr'));
    await build(alone, ['-m', 'serverless.yml', '--stage', STAGE]);
    const hashes = zipHashes(alone, '_build');
    expect(Object.keys(hashes)).toEqual(names);
    for (const framework of frameworks) {
      expect(zipHashes(first.get(framework)?.folder ?? '', '_build'), framework).toEqual(hashes);
    }
  });
});

/** Packages with the real docker command, behind one that keeps a list of the solves. */
async function packaged(framework: FrameworkName, folder: string): Promise<Packaged> {
  const counting = newFolder();
  const log = join(counting, 'log');
  writeFiles(counting, {
    log: '',
    docker: `#!/bin/sh\necho "$*" >> '${log}'\nexec '${docker}' "$@"\n`,
  });
  const environment = { PKGR_DOCKER: join(counting, 'docker') };
  const ran = await sls(framework, folder, ['package', '--stage', STAGE], environment);
  const commands = readFileSync(log, 'utf8').split('\n');
  const solves = commands.flatMap((line) => /^buildx build .*--target (\S+)/.exec(line)?.[1] ?? []);
  return { ...ran, folder, solves };
}

/**
 * What socless_integration_packager 0.1.0 has put into a zip of this service, run for real by
 * serverless 3.40 in the image that these tests build in: a line for each entry, CRC-32 and path.
 * Left out is where they differ: entries of folders, compiled code, and two files that pip writes
 * about the installation itself.
 */
function byOldPlugin(name: string): readonly string[] {
  const file = join(import.meta.dirname, 'expected/old-plugin.listing');
  const sections = readFileSync(file, 'utf8').split(/^(?=\S)/m);
  const [, ...lines] = sections.find((text) => text.startsWith(`${name}.zip\n`))?.split('\n') ?? [];
  const dropped = /\/$|__pycache__|\.dist-info\/(REQUESTED|direct_url\.json)$/;
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== '' && !dropped.test(line))
    .map(comparable)
    .sort();
}

/** Without the bytes of what differs for a good reason: RECORD lists less, scripts name no Python. */
function comparable(line: string): string {
  return /\.dist-info\/RECORD$| bin\//.test(line) ? line.replace(/^\S+/, '*') : line;
}

function checksum(content: Buffer): string {
  return crc32(content).toString(16).padStart(8, '0');
}
