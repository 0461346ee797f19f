import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { generateDockerfiles } from '../../src/dockerfile/index.js';
import { planProject } from '../../src/plan/index.js';
import { loadProject } from '../../src/project/index.js';
import { exampleNames, inExample } from './example.js';

// What changes here changes for every user: read the difference, then `npx vitest run -u test/examples`.
describe.each(exampleNames)('the manifest of examples/%s', (name) => {
  test('has nothing to complain about', async () => {
    const { diagnostics } = await load(name);
    expect(diagnostics).toEqual([]);
  });

  test.each([
    'Dockerfile',
    'Dockerfile.dockerignore',
  ])('gives the %s that is expected', async (path) => {
    const { project } = await load(name);
    if (project === undefined) throw new Error('the manifest cannot be read');
    const files = await generateDockerfiles(planProject(project), '.pkgr');
    const text = files.find((file) => file.path === path)?.text;
    await expect(text).toMatchFileSnapshot(inExample(name, `expected/${path}`));
  });
});

// A manifest.yml of juniper's is none that pkgr's schema describes.
describe.each(
  exampleNames.filter((name) => existsSync(inExample(name, 'pkgr.yml'))),
)('the pkgr.yml of examples/%s', (name) => {
  test('is completed by editors with the schema of this repository', async () => {
    const [first] = (await readFile(inExample(name, 'pkgr.yml'), 'utf8')).split('\n');
    const schema = /^# yaml-language-server: \$schema=(\S+)$/.exec(first ?? '')?.[1] ?? '';
    const text = await readFile(join(inExample(name), schema), 'utf8');
    expect(JSON.parse(text)).toHaveProperty('properties.functions');
  });
});

/** On a day on which Lambda supports the runtimes of all examples. */
function load(name: (typeof exampleNames)[number]) {
  return loadProject({ cwd: inExample(name), today: new Date('2026-01-01') });
}
