import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { lookAtImages } from '../../src/api/base-images.js';
import { noProgress, reduceProgress } from '../../src/engine/progress.js';
import { planProject } from '../../src/plan/index.js';
import { newFolder } from '../artifacts/folders.js';
import { at, projectOf, unitOf } from '../plan/sample.js';

const hash = (digit: string) => `sha256:${digit.repeat(64)}`;
const inRegistry = hash('a');
const own = hash('b');

let folder: string;
/** What a stand-in for the docker command answers, by the image it is asked for. */
function answer(images: Readonly<Record<string, object>>, driver = 'docker'): void {
  const script = join(folder, 'docker');
  const cases = Object.entries(images).map(
    ([name, image]) => `*" ${name} "*) echo '${JSON.stringify(image)}';;`,
  );
  writeFileSync(
    script,
    `#!/bin/sh
echo "$*" >> ${folder}/asked
case "$*" in *"buildx inspect"*) echo "Driver:   ${driver}"; exit 0;; esac
case " $* " in
${cases.join('\n')}
*) exit 1;;
esac
`,
  );
  chmodSync(script, 0o755);
  vi.stubEnv('PKGR_DOCKER', script);
}
const asked = () => readFileSync(join(folder, 'asked'), 'utf8');

beforeEach(() => {
  folder = newFolder();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const planOf = (image: string) =>
  planProject(projectOf([unitOf('a', { base: { kind: 'image', name: image, at } })]));
const look = async (image: string, more: object = {}, steps: readonly string[] = []) => {
  const plan = planOf(image);
  const sources = { namedContexts: {}, environment: {}, ...more };
  const identify = await lookAtImages(plan, plan.units, sources);
  const vertexes = steps.map((name) => ({
    digest: name,
    name,
    started: undefined,
    completed: undefined,
    cached: false,
    error: undefined,
  }));
  return identify(reduceProgress(noProgress, [{ vertexes, statuses: [], logs: [] }])).get(image);
};

test('an image is known by what the solve found in its registry', async () => {
  answer({});
  const step = `[x 1/2] FROM docker.io/library/debian:12@${inRegistry}`;
  expect(await look('debian:12', {}, [step])).toEqual({ digest: inRegistry });
});

test('one that was pulled before is known by the same digest, not by the engine’s own id', async () => {
  const repoDigests = [`other@${hash('c')}`, `example.com:5000/debian@${inRegistry}`];
  answer({ 'example.com:5000/debian:12': { id: own, repoDigests } });
  expect(await look('example.com:5000/debian:12')).toEqual({ digest: inRegistry });
});

test('one that was made here is known by its id, and one that nobody has not at all', async () => {
  answer({ mine: { id: own, repoDigests: [] } });
  expect(await look('mine:latest')).toEqual({});
  answer({ 'mine:latest': { id: own, repoDigests: null } });
  expect(await look('mine:latest')).toEqual({ id: own });
});

test('a name that has a digest needs no other', async () => {
  answer({});
  const name = `example.com/debian@${inRegistry}`;
  expect(await look(name)).toEqual({ digest: inRegistry });
});

test('what stands in for an image is looked at instead, and only where the engine itself builds', async () => {
  const more = { namedContexts: { 'debian:12': 'docker-image://mine:1' } };
  answer({ 'mine:1': { id: own, repoDigests: [] } });
  expect(await look('debian:12', more)).toEqual({ id: own });
  answer({ 'mine:1': { id: own, repoDigests: [] } }, 'docker-container');
  expect(await look('debian:12', more)).toEqual({});
  expect(await look('debian:12', { namedContexts: { 'debian:12': './folder' } })).toBeUndefined();
});

test('the engine of a builder that was chosen is asked, by its context', async () => {
  answer({ 'mine:1': { id: own, repoDigests: [] } });
  await look('mine:1', { environment: { BUILDX_BUILDER: 'far' } });
  await look('mine:1', { builders: ['farther'], environment: { BUILDX_BUILDER: 'far' } });
  expect(asked()).toMatch(/^--context far image inspect .* -- mine:1$/m);
  expect(asked()).toMatch(/^--context farther image inspect .* -- mine:1$/m);
});

test('a docker command that is not there costs the identity, and nothing else', async () => {
  vi.stubEnv('PKGR_DOCKER', join(folder, 'nothing'));
  expect(await look('mine:1')).toEqual({});
});
