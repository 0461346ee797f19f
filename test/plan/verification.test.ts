import { describe, expect, test } from 'vitest';
import { imageOwner, planProject, stageOwners, withLayers } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, linesOf, projectOf, unitOf } from './sample.js';

const planOf = (...units: readonly Unit[]) => planProject(projectOf(units));
const named = (value: string) => ({ value, at });
const layer = (name: string, own: Partial<Unit> = {}) => unitOf(name, { kind: 'layer', ...own });
const below = (...names: readonly string[]): Unit['layers'] =>
  names.map((name) => ({ kind: 'unit', name }));

describe('the image that a unit is verified in', () => {
  test("is the runtime's of AWS, once for all units, or lambci's for older ones", () => {
    const plan = planOf(
      unitOf('a'),
      unitOf('b'),
      unitOf('c', { architecture: 'arm64' }),
      unitOf('d', { runtime: 'python3.7' }),
    );
    expect(plan.runtimeImages).toEqual([
      {
        id: 'runtime-python3.11-amd64',
        image: 'public.ecr.aws/lambda/python:3.11',
        platform: 'linux/amd64',
        units: ['a', 'b'],
      },
      {
        id: 'runtime-python3.11-arm64',
        image: 'public.ecr.aws/lambda/python:3.11',
        platform: 'linux/arm64',
        units: ['c'],
      },
      {
        id: 'runtime-python3.7-amd64',
        image: 'lambci/lambda:python3.7',
        platform: 'linux/amd64',
        units: ['d'],
      },
    ]);
    expect(plan.units.map(({ verify }) => verify?.runtimeImage)).toEqual([
      'runtime-python3.11-amd64',
      'runtime-python3.11-amd64',
      'runtime-python3.11-arm64',
      'runtime-python3.7-amd64',
    ]);
  });

  test('is verifyImage, or else runtimeImage, which libs: auto uses too', () => {
    const plan = planOf(
      unitOf('own', { verifyImage: named('clean'), runtimeImage: named('like') }),
      unitOf('like', { runtimeImage: named('like'), requirements: linesOf('six') }),
    );
    const images = new Map(plan.runtimeImages.map(({ id, image }) => [id, image]));
    expect(plan.units.map(({ verify }) => images.get(verify?.runtimeImage ?? ''))).toEqual([
      'clean:latest',
      'like:latest',
    ]);
    expect(plan.dependencySets[0]?.runtimeImage).toBe(plan.units[1]?.verify?.runtimeImage);
    expect(plan.runtimeImages.map(({ units }) => units)).toEqual([['own', 'like'], ['own']]);
    expect(plan.runtimeImages.every((image) => image.at === at)).toBe(true);
  });

  test('is none for a unit that is not to be verified, or whose runtime nothing tells', () => {
    const plan = planOf(
      unitOf('off', { verify: { mode: 'off', environment: {} } }),
      unitOf('any', { runtime: 'any', base: { kind: 'image', name: 'x', at } }),
      unitOf('told', {
        runtime: 'any',
        base: { kind: 'image', name: 'x', at },
        verifyImage: named('clean'),
      }),
    );
    expect(plan.units.map(({ verify }) => verify?.runtimeImage)).toEqual([
      undefined,
      undefined,
      'runtime-python-amd64',
    ]);
  });
});

describe('the layers that a function is verified with', () => {
  test('are unpacked once for all functions that have the same in the same order', () => {
    const plan = planOf(
      unitOf('a', { layers: below('one', 'two') }),
      unitOf('b', { layers: [...below('one'), { kind: 'external', arn: 'arn' }, ...below('two')] }),
      unitOf('c', { layers: below('two', 'one') }),
      unitOf('d'),
      layer('one'),
      layer('two'),
    );
    const runtimeImage = 'runtime-python3.11-amd64';
    expect(plan.layerSets).toEqual([
      { id: 'layers-1', runtimeImage, layers: ['one', 'two'], units: ['a', 'b'] },
      { id: 'layers-2', runtimeImage, layers: ['two', 'one'], units: ['c'] },
    ]);
    expect(plan.units.map(({ verify }) => verify?.layers)).toEqual([
      'layers-1',
      'layers-1',
      'layers-2',
      ...[undefined, undefined, undefined],
    ]);
    const [a, , , d] = plan.units;
    if (a === undefined || d === undefined) throw new Error('there are six units');
    const built = withLayers(plan, [a, d], [a]);
    expect(built.map(({ name }) => name)).toEqual(['a', 'd', 'one', 'two']);
    expect(withLayers(plan, [a, d], []).map(({ name }) => name)).toEqual(['a', 'd']);
  });

  test('may have lost the metadata of their packages, as the function itself may', () => {
    const prune = ['**/*.dist-info/**'];
    const requirements = linesOf('six');
    const plan = planOf(
      unitOf('own', { prune, requirements }),
      unitOf('nothing', { prune }),
      unitOf('layers', { layers: below('pruned') }),
      unitOf('kept', { prune: ['**/tests/**'], requirements }),
      layer('pruned', { prune, requirements }),
    );
    expect(plan.units.map(({ verify }) => verify?.withoutMetadata)).toEqual([
      ...[true, false, true, false],
      true,
    ]);
  });
});

describe('a failure', () => {
  const requirements = linesOf('six');
  const plan = planOf(
    unitOf('a', { layers: below('one') }),
    unitOf('b', { runtimeImage: named('public.ecr.aws/lambda/python:3.11'), requirements }),
    layer('one', { requirements: linesOf('idna') }),
  );
  const owner = (stage: string) => stageOwners(plan).get(stage);

  test('of what only verifies concerns no zip', () => {
    const image = 'runtime-python3.11-amd64';
    expect(owner('a-verified')).toMatchObject({ units: [], verifies: ['a'], task: 'verify a' });
    expect(owner('a-unpacked')).toMatchObject({ units: [], verifies: ['a'] });
    expect(owner('layers-1')).toMatchObject({ units: [], verifies: ['a'] });
    expect(owner(`${image}-sandbox`)).toMatchObject({ units: [], verifies: ['a', 'b', 'one'] });
  });

  test('of an image that libraries are looked for in concerns the zips of those units too', () => {
    expect(owner('runtime-python3.11-amd64')).toMatchObject({
      units: ['b'],
      verifies: ['a', 'b', 'one'],
    });
    expect(imageOwner(plan, 'public.ecr.aws/lambda/python:3.11')).toMatchObject({
      units: ['b'],
      verifies: ['a', 'b', 'one'],
    });
  });

  test('of a layer concerns the verification of the functions above it', () => {
    expect(owner('deps-2')).toMatchObject({ units: ['one'], verifies: ['a'] });
    expect(owner('one-zip')).toMatchObject({ units: ['one'], verifies: ['a'] });
    expect(owner('deps-1')).toMatchObject({ units: ['b'], verifies: [] });
  });
});
