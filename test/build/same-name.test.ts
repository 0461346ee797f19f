import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { needsEngine } from './engine-environment.js';
import { fresh, newFolder, writeFiles, zipHashes } from './project.js';
import { build } from './run.js';

describe.runIf(hasEngine)(`a project whose folder is called like another's${needsEngine}`, () => {
  test('is built of its own files, though their sizes and dates are those of the other', async () => {
    const builds: string[] = [];
    for (const code of [fresh(), fresh()]) {
      const folder = join(newFolder(), 'service');
      writeFiles(folder, {
        'pkgr.yml': 'functions:\n  a: {runtime: python3.11, include: src/}\n',
        'src/app.py': `CODE = '${code}'\n`,
      });
      utimesSync(join(folder, 'src/app.py'), 1, 1);
      await build(folder);
      builds.push(zipHashes(folder).a ?? '');
    }
    expect(new Set(builds).size).toBe(2);
  }, 180_000);
});
