import { existsSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../build/project.js';
import { pkgr } from '../build/run.js';
import { hasEngine } from '../engine/local-engine.js';
import { install, type Ran, sls } from '../serverless/service.js';
import { exampleJson, inExample } from './example.js';
import { invoke, returned } from './invoke.js';
import { listing } from './listing.js';
import { readZip, textOf } from './zip.js';

const EXAMPLE = 'serverless-slack';
const MINUTE = 60_000;
const functions = ['slack_send_dialog', 'slack_send_message'] as const;

describe.runIf(hasEngine)('examples/serverless-slack', { timeout: 5 * MINUTE }, () => {
  let folder = '';
  let packaged: Ran;
  const zip = (name: string) => join(folder, `_build/${name}.zip`);
  beforeAll(async () => {
    folder = join(newFolder(), EXAMPLE);
    await cp(inExample(EXAMPLE), folder, { recursive: true });
    await install(folder);
    packaged = await sls('serverless', folder, ['package', '--stage', 'dev']);
  }, 15 * MINUTE);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is packaged by serverless package, and told where each zip is', () => {
    expect(packaged.output).toContain('2 packaged by pkgr');
    expect(packaged.output).toContain(
      'the zip of slack_send_dialog-dev is written to _build/slack_send_dialog.zip',
    );
    expect(packaged.code).toBe(0);
  });

  describe.each(functions)('%s', (name) => {
    test('has the entries that are expected', async () => {
      const expected = inExample(EXAMPLE, `expected/${name}.listing`);
      await expect(listing(await readZip(zip(name)))).toMatchFileSnapshot(expected);
    });

    test('has its own code, its requirements file and the shared code at the root', async () => {
      const entries = await readZip(zip(name));
      const sources = ['lambda.py', 'requirements.txt'].map((file) => `functions/${name}/${file}`);
      sources.push('common_files/common2.py', 'common_files/slack_helpers.py');
      for (const source of sources) {
        const place = source.slice(source.lastIndexOf('/') + 1);
        expect(textOf(entries, place)).toBe(await readFile(inExample(EXAMPLE, source), 'utf8'));
      }
    });

    test('answers its sample event in a clean runtime', async () => {
      const outcome = await invoke({
        runtime: 'python3.11',
        zip: zip(name),
        handler: 'lambda.handler',
        event: await exampleJson(EXAMPLE, `events/${name}.json`),
      });
      await expect(returned(outcome)).toMatchFileSnapshot(
        inExample(EXAMPLE, `expected/${name}.result.json`),
      );
    });
  });

  test('passes pkgr verify, and the audit has nothing to say', async () => {
    const { code, stdout, stderr } = await pkgr(folder, ['verify', '--stage', 'dev', '--json']);
    expect(code, stderr).toBe(0);
    const { units }: { units: { status: string; diagnostics: unknown[] }[] } = JSON.parse(stdout);
    expect(units.map(({ status }) => status)).toEqual(['passed', 'passed']);
    expect(units.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    expect(stderr).not.toMatch(/warning|error/);
  });

  test('is packaged by osls with nothing to do', async () => {
    const { code, output } = await sls('osls', folder, ['package', '--stage', 'dev']);
    expect(output).toContain('2 packaged by pkgr: 0 built, 2 unchanged');
    expect(code).toBe(0);
  });
});

describe('the slips of the README that examples/serverless-slack is made of', () => {
  const README = 'serverless.seed.yml';
  const ARGUMENTS = ['package', '--stage', 'dev', '--config', README];
  const copied = async (): Promise<string> => {
    const folder = join(newFolder(), EXAMPLE);
    await cp(inExample(EXAMPLE), folder, { recursive: true });
    await install(folder);
    return folder;
  };

  test('an include that is not there is an error with the name that was meant', async () => {
    const folder = await copied();
    const { code, stdout } = await sls('serverless', folder, ARGUMENTS);
    const told = [
      'serverless.seed.yml:29:11: error: fucntions/slack_send_dialog does not exist [missing-file]',
      '  hint: did you mean functions/slack_send_dialog?',
    ];
    expect(stdout.split('Error:\n')[1]?.trimEnd().split('\n')).toEqual(told);
    expect(code).toBe(1);
    expect(existsSync(join(folder, '_build'))).toBe(false);
    // The page shows what is told.
    const shown = await readFile(inExample(EXAMPLE, 'README.md'), 'utf8');
    for (const line of told) expect(shown).toContain(line.trim());
  });

  test('with its keys commented out as there, no framework gets as far as a plugin', async () => {
    const folder = await copied();
    const text = await readFile(join(folder, README), 'utf8');
    const options = /buildDir|requirementsFile|globalRequirements|globalIncludes|cleanup/;
    const verbatim = text
      .split('\n')
      .map((line) =>
        options.test(line) && !line.includes('${') ? line.replace(/\S/, '# $&') : line,
      )
      .join('\n');
    await writeFile(join(folder, README), verbatim);
    expect(verbatim).toContain('    # globalIncludes:\n      - ./common_files\n');
    const { code, output } = await sls('serverless', folder, ARGUMENTS);
    expect(output).toContain(
      'Cannot resolve variable at "functions.slack_send_dialog.package.artifact": Value not found at "self" source',
    );
    expect(code).toBe(1);
  });
});
