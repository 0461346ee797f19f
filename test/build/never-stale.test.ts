import { cpSync } from 'node:fs';
import { basename } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { type ChangeName, changes } from './changes.js';
import { type ChangingProject, functions, newChangingProject } from './changing-project.js';
import { needsEngine } from './engine-environment.js';
import { newLocalImage } from './local-image.js';
import { newFolder, zipHashes } from './project.js';
import { build } from './run.js';

/*
 * PKGR_TEST_SEED=N makes other sequences, and replays the one that a failure names;
 * PKGR_TEST_RUNS=N makes more of them; PKGR_TEST_CLEAN_EVERY=1 compares with a build from nothing
 * after every change, which takes several times as long.
 */
const seed = Number(process.env.PKGR_TEST_SEED ?? 20);
const numRuns = Number(process.env.PKGR_TEST_RUNS ?? 1);
const cleanEvery = Number(process.env.PKGR_TEST_CLEAN_EVERY ?? 13);

const kinds = Object.keys(changes) as ChangeName[];

/** Every kind of change once, in any order. */
const sequences = fc
  .shuffledSubarray(kinds, { minLength: kinds.length })
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({ name: fc.constant(name), unit: fc.constantFrom(...functions) }),
      ),
    ),
  );

describe.runIf(hasEngine)(`no zip is ever stale${needsEngine}`, () => {
  test('after any change the next build gives the bytes of a build from nothing', async () => {
    const images = await newLocalImage();
    const property = fc.asyncProperty(sequences, async (sequence) => {
      const project = await newChangingProject(images);
      await build(project.root);
      for (const [index, { name, unit }] of sequence.entries()) {
        const number = index + 1;
        const affected = await changes[name](project, unit, number);
        const found = changed(await build(project.root));
        expect(found, `step ${number}, ${name} (${unit}): the zips that changed`).toEqual(affected);
        if (number % cleanEvery > 0 && number < sequence.length) continue;
        const clean = await buildFromNothing(project);
        expect(zipHashes(project.root), `step ${number}, ${name} (${unit})`).toEqual(clean);
      }
    });
    await fc.assert(property, { seed, numRuns, endOnFailure: true, verbose: true });
  }, 1_200_000);
});

function changed(statuses: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(statuses).filter((name) => statuses[name] === 'built');
}

/** The hashes of a build of a copy, elsewhere and without Docker's cache. */
async function buildFromNothing({ root }: ChangingProject) {
  const copy = newFolder();
  cpSync(root, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => basename(path) !== 'dist',
  });
  await build(copy, ['--no-cache'], { env: { XDG_CACHE_HOME: newFolder() } });
  return zipHashes(copy);
}
