import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localImage, needsEngine } from './engine-environment.js';
import { fresh, newFolder, writeFiles } from './project.js';
import { build } from './run.js';

const manifest = `functions:
  a:
    runtime: python3.11
    include: src/
    dockerfile: {context: image, args: {BASE: "${localImage}"}}
`;

describe.runIf(hasEngine)(`a project whose folder is called like another's${needsEngine}`, () => {
  test.each([
    'one',
    'two',
  ])('is built of its own files, though their sizes and dates are those of the other: %s', async () => {
    const [code, data] = [fresh(), fresh()];
    const folder = join(newFolder(), 'service');
    const sources = { 'src/app.py': code, 'image/data': data };
    writeFiles(folder, {
      'pkgr.yml': manifest,
      'image/Dockerfile': 'ARG BASE\nFROM $BASE\nCOPY data /var/task/lambda_lib/\n',
      ...sources,
    });
    for (const name of Object.keys(sources)) utimesSync(join(folder, name), 1, 1);
    await build(folder);
    const zip = await readZip(join(folder, 'dist/a.zip'));
    expect([textOf(zip, 'app.py'), textOf(zip, 'data')]).toEqual([code, data]);
  }, 180_000);
});
