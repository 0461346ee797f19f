import { describe, expect, test } from 'vitest';
import {
  imageOwner,
  ownBaseOf,
  type PlannedBase,
  planProject,
  stageOwners,
} from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, image, projectOf, unitOf } from './sample.js';

const text = `FROM debian AS one
FROM debian:12 AS two
COPY --from=one /a /b
COPY --from=busybox /bin/busybox /bin/
FROM registry.example.com/base
RUN --mount=from=ghcr.io/tool:1,target=/tool true
`;

const ownBase = { kind: 'dockerfile', path: 'docker/Dockerfile', text, at } as const;

function planOf(...units: readonly Unit[]) {
  return planProject(projectOf(units));
}

function ownBaseIn(bases: readonly PlannedBase[]) {
  const [base] = bases.flatMap((each) => (each.kind === 'dockerfile' ? [ownBaseOf(each)] : []));
  if (base === undefined) throw new Error('no base is built by a Dockerfile');
  return base;
}

describe('a base that is built by a Dockerfile', () => {
  test('carries its text, and is shared by the units that name it for one architecture', () => {
    const { bases } = planOf(
      unitOf('a', { base: ownBase }),
      unitOf('b', { base: ownBase }),
      unitOf('c', { base: ownBase, architecture: 'arm64' }),
    );
    expect(bases).toEqual([
      { ...ownBase, id: 'python3.11-amd64', platform: 'linux/amd64', units: ['a', 'b'] },
      { ...ownBase, id: 'python3.11-arm64', platform: 'linux/arm64', units: ['c'] },
    ]);
  });

  test('is another one with another target, context or other arguments', () => {
    const withArgs = `FROM debian AS one\nARG A\nFROM one AS two\n`;
    const base = { ...ownBase, text: withArgs };
    const plan = planOf(
      unitOf('plain', { base }),
      unitOf('target', { base: { ...base, target: 'one' } }),
      unitOf('args', { base: { ...base, args: { A: '1', B: '2' } } }),
      unitOf('other-args', { base: { ...base, args: { A: '2' } } }),
      unitOf('folder', { base: { ...base, context: 'docker/one' } }),
      unitOf('other-folder', { base: { ...base, context: 'docker/two' } }),
      unitOf('again', { base: { ...base, args: { A: '1', B: '2' } } }),
      unitOf('folder-again', { base: { ...base, context: 'docker/one', args: { A: '1' } } }),
    );
    expect(plan.bases.map(({ units }) => units)).toEqual([
      ['plain'],
      ['target'],
      ['args', 'again'],
      ['other-args'],
      ['folder'],
      ['other-folder'],
      ['folder-again'],
    ]);
    expect(plan.contexts).toEqual([
      { id: 'context-1', path: 'docker/one', units: ['folder', 'folder-again'] },
      { id: 'context-2', path: 'docker/two', units: ['other-folder'] },
    ]);
    expect(plan.bases.map((base) => base.kind === 'dockerfile' && base.context)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      ...['context-1', 'context-2', 'context-1'],
    ]);
  });

  test('has a context whose name no unit has', () => {
    const plan = planOf(unitOf('context-1', { base: { ...ownBase, context: 'docker' } }));
    expect(plan.contexts.map(({ id }) => id)).toEqual(['context-1-2']);
  });

  test('has a stage for each of its own and for each image that it copies from', () => {
    const { stageNames, imageStages } = ownBaseIn(planOf(unitOf('a', { base: ownBase })).bases);
    expect(stageNames).toEqual(['python3.11-amd64.1', 'python3.11-amd64.2', 'python3.11-amd64']);
    expect([...imageStages]).toEqual([
      ['busybox', 'python3.11-amd64.3'],
      ['ghcr.io/tool:1', 'python3.11-amd64.4'],
    ]);
  });

  test('leaves the names of units alone, although they look like names of its stages', () => {
    const plan = planOf(
      unitOf('python3.11-amd64.4', { base: ownBase }),
      unitOf('python3.11-amd64.5', { base: ownBase }),
    );
    expect(plan.units.map(({ target }) => target)).toEqual([
      'python3.11-amd64.4',
      'python3.11-amd64.5',
    ]);
    expect(ownBaseIn(plan.bases).stageNames).toEqual([
      'python3.11-amd64-2.1',
      'python3.11-amd64-2.2',
      'python3.11-amd64-2',
    ]);
  });
});

describe('a failure', () => {
  const plan = planOf(
    unitOf('plain'),
    unitOf('a', { base: ownBase }),
    unitOf('b', { base: ownBase }),
    unitOf('hub', { base: image('lambci/lambda:build-python3.7') }),
  );

  test.each([
    'python3.11-amd64-2',
    'python3.11-amd64-2.1',
    'python3.11-amd64-2.2',
  ])('of the stage %s is that of the units with the Dockerfile', (stage) => {
    expect(stageOwners(plan).get(stage)).toEqual({
      units: ['a', 'b'],
      verifies: [],
      task: 'build docker/Dockerfile',
      at,
    });
  });

  test('of a stage for an image that is copied from names the image', () => {
    expect(stageOwners(plan).get('python3.11-amd64-2.3')).toMatchObject({
      units: ['a', 'b'],
      task: 'pull busybox',
    });
  });

  test.each([
    ['docker.io/library/debian:latest', ['a', 'b']],
    ['docker.io/library/debian:12', ['a', 'b']],
    ['docker.io/library/busybox:latest', ['a', 'b']],
    ['registry.example.com/base:latest', ['a', 'b']],
    ['ghcr.io/tool:1', ['a', 'b']],
    ['docker.io/lambci/lambda:build-python3.7', ['hub']],
    ['lambci/lambda:build-python3.7', ['hub']],
    ['public.ecr.aws/sam/build-python3.11:latest-x86_64', ['plain']],
    ['docker.io/library/debian:13', undefined],
    ['docker.io/tool:1', undefined],
  ])('of the image %s is that of %j', (name, units) => {
    expect(imageOwner(plan, name)?.units).toEqual(units);
  });
});
