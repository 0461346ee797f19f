import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/engine/classify.js';
import type { DockerEnd } from '../../src/engine/docker.js';
import type { SolveFailure } from '../../src/engine/failure.js';
import { imageOfStep, imageUnavailable } from '../../src/engine/image-failure.js';
import { noProgress } from '../../src/engine/progress.js';
import { recorded, replay } from './recorded.js';

const image = (reason: string, transient: boolean) => ({
  kind: 'image-unavailable',
  reason,
  transient,
});
const unreachable = (reason: string) => ({ kind: 'engine-unreachable', reason });

/** What each recording has to be taken for. */
const table: readonly (readonly [recording: string, failure: object])[] = [
  [
    'run-failing',
    {
      kind: 'step-failed',
      stage: 'deps-1',
      exitCode: 7,
      line: 2,
      step: expect.stringMatching(/^RUN printf 'Collecting/),
      log: ['Collecting x', 'ERROR: No matching distribution found for x'],
    },
  ],
  ['sibling-cancelled', { kind: 'step-failed', stage: 'b', exitCode: 3, log: ['boom'] }],
  ['run-program-missing', { kind: 'step-failed', stage: 'd', step: 'RUN ["/nope"]', exitCode: 1 }],
  ['copy-missing', { kind: 'missing-file', path: 'nope.txt', within: 'context' }],
  ['bind-missing', { kind: 'missing-file', path: 'nope.txt', within: 'context', stage: 'd' }],
  ['stage-file-missing', { kind: 'missing-file', path: 'nope', within: 'stage', stage: 'out' }],
  ['secret-file-missing', { kind: 'missing-file', path: '/nonexistent/ca', within: 'machine' }],
  ['secret-not-given', { kind: 'step-failed', stage: 'd', error: 'secret ca: not found' }],
  ['image-not-found', { ...image('not-found', false), image: '127.0.0.1:15777/x/s404:1' }],
  ['image-unauthorized', image('denied', false)],
  ['image-forbidden', image('denied', false)],
  ['image-rate-limited', image('rate-limited', true)],
  ['image-server-error', image('registry-error', true)],
  ['image-unavailable', image('registry-error', true)],
  ['image-no-platform', image('platform', false)],
  ['image-connection-dropped', image('unreachable', true)],
  ['image-connection-refused', image('unreachable', true)],
  ['image-tls-timeout', image('timeout', true)],
  [
    'image-unknown-host',
    { ...image('unknown-host', false), image: 'docker.io/library/pkgr-no-such-image:1' },
  ],
  ['image-wrong-architecture', image('unknown-host', false)],
  ['named-context-refused', { ...image('unreachable', true), image: '127.0.0.1:15777/x/y:1' }],
  ['run-disk-full', { kind: 'disk-full', stage: 'd', text: expect.stringMatching(/^dd: /) }],
  ['engine-disk-full', { kind: 'disk-full' }],
  ['engine-killed', { kind: 'engine-died' }],
  ['engine-terminated', { kind: 'engine-died' }],
  ['engine-unreachable-socket', unreachable('no-answer')],
  ['engine-unreachable-tcp', unreachable('no-answer')],
  ['engine-permission', unreachable('permission')],
  ['docker-context-missing', unreachable('no-context')],
  ['buildx-missing-cli-26', { kind: 'buildx-missing' }],
  ['buildx-missing-cli-28', { kind: 'buildx-missing' }],
  ['ssh-agent-missing', { kind: 'ssh-agent-missing' }],
  ['progress-unknown', { kind: 'engine-too-old', what: 'buildx' }],
  ['builder-unreachable', unreachable('not-started')],
  ['builder-not-booted', unreachable('not-started')],
  [
    'cache-export-refused',
    { kind: 'cache-unwritten', text: expect.stringContaining('for the docker driver') },
  ],
  [
    'cache-not-exported',
    { kind: 'cache-unwritten', text: expect.stringContaining('127.0.0.1:1: connect: ') },
  ],
  ['cache-unread-run-failing', { kind: 'step-failed', exitCode: 3 }],
  ['builder-missing', { kind: 'other', text: 'no builder "nope" found' }],
  [
    'parse-error',
    { kind: 'other', text: expect.stringMatching(/^dockerfile parse error on line 2/) },
  ],
  ['target-missing', { kind: 'other', text: 'target stage "out" could not be found' }],
  ['interrupted', { kind: 'other', text: 'Canceled: context canceled' }],
];

function failureOf(name: string, more: { interrupted?: boolean; end?: DockerEnd } = {}) {
  const code = name.startsWith('buildx-missing') ? 125 : 1;
  const end = more.end ?? { kind: 'exited', code };
  return classify({ ...replay(recorded(name)), end, interrupted: more.interrupted ?? false });
}

describe('a failed solve', () => {
  test.each(table)('that printed %s is classified', (name, expected) => {
    expect(failureOf(name)).toMatchObject(expected);
  });

  test('of every recording is in the table', () => {
    const files = readdirSync(join(import.meta.dirname, 'fixtures'));
    const inTable = table.map(([name]) => `${name}.stderr`).sort();
    expect(files.sort()).toEqual(inTable);
  });

  test('that was interrupted is that, whatever it has printed', () => {
    const failure: SolveFailure = { kind: 'interrupted' };
    expect(failureOf('interrupted', { interrupted: true })).toEqual(failure);
    expect(failureOf('run-failing', { interrupted: true })).toEqual(failure);
  });

  test('whose command was killed by somebody else says so', () => {
    const end: DockerEnd = { kind: 'killed', signal: 'SIGKILL' };
    expect(failureOf('interrupted', { end })).toEqual({
      kind: 'other',
      text: 'the docker command was ended by SIGKILL',
    });
  });

  test.each([
    [
      'failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct',
      'no-answer',
    ],
    [
      'error during connect: Get "http://%2F%2F.%2Fpipe%2Fdocker_engine/_ping": open //./pipe/docker_engine: The system cannot find the file specified.',
      'no-answer',
    ],
  ])('of another docker version is known by its words: %s', (words, reason) => {
    const text = `ERROR: ${words}\n`;
    const end: DockerEnd = { kind: 'exited', code: 1 };
    expect(classify({ progress: noProgress, text, end, interrupted: false })).toMatchObject({
      kind: 'engine-unreachable',
      reason,
    });
  });
});

test.each([
  ['[internal] load metadata for example.com/a:1', 'example.com/a:1'],
  ['[context base] load metadata for example.com/a:1', 'example.com/a:1'],
  [`[deps 1/2] FROM example.com/a:1@sha256:${'0'.repeat(64)}`, 'example.com/a:1'],
  ['[context base] docker-image://example.com/a:1', 'example.com/a:1'],
  ['[context base] example.com/a:1', 'example.com/a:1'],
  ['[context base] load from client', undefined],
  ['[deps 2/2] RUN echo FROM x', undefined],
  ['[internal] load build context', undefined],
])('the image of the step %s is %s', (name, image) => {
  expect(imageOfStep(name)).toBe(image);
});

test('an image whose name sounds like a reason is not taken for it', () => {
  const name = 'example.com/timeout/no-such-host:1';
  const text = `failed to do request: Head "https://example.com/v2/timeout/manifests/1": x509: unknown`;
  expect(imageUnavailable(name, text)).toMatchObject({ reason: 'untrusted', transient: false });
  expect(imageUnavailable(name, `${name}: not found`)).toMatchObject({ reason: 'not-found' });
});
