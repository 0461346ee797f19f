import { describe, expect, test } from 'vitest';
import { diagnosticCodes, formatDiagnostic } from '../../src/diagnostics/index.js';
import { describeFailure, failureExitCode } from '../../src/engine/explain.js';
import type { ImageReason, SolveFailure } from '../../src/engine/failure.js';
import { stepHint } from '../../src/engine/step-hints.js';

const at = { file: 'pkgr.yml', line: 7, column: 5 };
const printed = (failure: SolveFailure, where = {}) =>
  formatDiagnostic(describeFailure(failure, where));

const stepFailed = {
  kind: 'step-failed',
  stage: 'deps-1',
  step: 'RUN pip install -r requirements.txt',
  exitCode: 1,
  error: 'process "..." did not complete successfully: exit code: 1',
  log: ['Collecting x', 'ERROR: No matching distribution found for x'],
} as const;

const imageUnavailable = (reason: ImageReason, transient = false): SolveFailure => ({
  kind: 'image-unavailable',
  image: 'example.com/base:1',
  reason,
  transient,
  text: 'the registry said so',
});

describe('a failure said to people', () => {
  test('of a step tells the unit, the instruction, the stage, the log and what to do', () => {
    expect(printed(stepFailed, { at, unit: 'hello' })).toMatchInlineSnapshot(`
      "pkgr.yml:7:5: error: A step of the build of hello ended with exit code 1: RUN pip install -r requirements.txt (stage deps-1) [step-failed]
        | Collecting x
        | ERROR: No matching distribution found for x
        hint: pip found no such version for this Python and platform: check the name and version, or that a wheel exists for the runtime."
    `);
  });

  test('of a long step shows its beginning and the last twenty lines of its log', () => {
    const log = Array.from({ length: 50 }, (_, line) => `line ${line}`);
    const step = `RUN <<EOF\n${'long '.repeat(100)}\nEOF`;
    const { message, details } = describeFailure({ ...stepFailed, step, log }, {});
    expect(message.length).toBeLessThan(220);
    expect(details).toEqual(log.slice(-20));
  });

  test('of a step that lacks an OS package shows the line that tells so, wherever it stands', () => {
    const tail = Array.from({ length: 30 }, (_, line) => `line ${line}`);
    const telling = '  Error: pg_config executable not found.';
    const { details } = describeFailure({ ...stepFailed, log: ['before', telling, ...tail] }, {});
    expect(details).toEqual([telling, '[...]', ...tail.slice(-18)]);
    const near = [...tail, telling, 'after'];
    expect(describeFailure({ ...stepFailed, log: near }, {}).details).toEqual(near.slice(-20));
  });

  test('of an image that does not fit is told where the manifest names the image', () => {
    const imageAt = { file: 'pkgr.yml', line: 3, column: 12 };
    const log = ['/bin/sh: 1: python3: not found'];
    expect(describeFailure({ ...stepFailed, log }, { at, imageAt }).at).toEqual(imageAt);
    expect(describeFailure({ ...stepFailed, log }, { at }).at).toEqual(at);
    expect(describeFailure(stepFailed, { at, imageAt }).at).toEqual(at);
  });

  test('of a step that could not be run tells the error', () => {
    const { exitCode: _, ...rest } = stepFailed;
    const { message, details } = describeFailure({ ...rest, error: 'no such bridge', log: [] }, {});
    expect(message).toMatch(/^A step of the build could not be run: RUN pip/);
    expect(details).toEqual(['no such bridge']);
  });

  test('that several units share names some of them', () => {
    const units = ['a', 'b', 'c', 'd', 'e'];
    expect(describeFailure(stepFailed, { units }).message).toMatch(/of a, b, c and 2 more ended/);
    expect(describeFailure(stepFailed, { units: ['a'] }).message).toMatch(/of a ended/);
  });

  test('of an image tells the image, the manifest line and how to choose another', () => {
    expect(printed(imageUnavailable('unknown-host'), { at, unit: 'hello' })).toMatchInlineSnapshot(`
      "pkgr.yml:7:5: error: The image example.com/base:1 of hello could not be pulled [image-unavailable]
        | the registry said so
        hint: Check the name and the network, or choose another with \`image:\` in the manifest. An image that is only on this machine is looked for in its registry when it is for another architecture: compare \`architecture:\` in the manifest with \`docker image inspect --format {{.Architecture}}\` example.com/base:1."
    `);
  });

  test.each<[ImageReason, RegExp]>([
    ['not-found', /name and the tag/],
    ['denied', /docker login/],
    ['rate-limited', /no more pulls/],
    ['platform', /`architecture:`/],
    ['untrusted', /certificate/],
    ['timeout', /Try again/],
    ['unreachable', /Try again/],
    ['registry-error', /try again later/],
    ['other', /docker pull example.com\/base:1/],
  ])('of an image says what to do when the reason is %s', (reason, hint) => {
    const diagnostic = describeFailure(imageUnavailable(reason), {});
    expect(diagnostic.hint).toMatch(hint);
    expect(diagnostic.hint).toMatch(/`image:` in the manifest/);
  });

  test.each<[SolveFailure, RegExp]>([
    [
      { kind: 'missing-file', path: 'src/x.py', within: 'context' },
      /A file that the build of u needs was not sent to the engine: src\/x\.py \[missing-file\]\n {2}hint: .*\.dockerignore/,
    ],
    [
      { kind: 'missing-file', path: 'usr/lib/x.so', within: 'stage', step: 'COPY --from=a x y' },
      /did not make a file that it needs: usr\/lib\/x\.so, in COPY --from=a x y \[build-failed\]/,
    ],
    [
      { kind: 'missing-file', path: '/etc/ca.pem', within: 'machine' },
      /cannot be read: \/etc\/ca\.pem \[missing-file\]/,
    ],
    [
      { kind: 'disk-full', text: 'write x: no space left on device', stage: 's', step: 'RUN x' },
      /no space left, in RUN x \(stage s\) \[disk-full\]\n {2}\| write x(?:.|\n)*docker builder prune/,
    ],
    [
      { kind: 'engine-unreachable', reason: 'no-answer', text: 'Cannot connect' },
      /does not answer \[engine-unreachable\]\n {2}\| Cannot connect\n {2}hint: Start it/,
    ],
    [
      { kind: 'engine-unreachable', reason: 'permission', text: 'x' },
      /may not talk to the Docker engine .*\n.*\n {2}hint: Add the user to the group/,
    ],
    [
      { kind: 'engine-unreachable', reason: 'no-context', text: 'x' },
      /context that is chosen does not exist(?:.|\n)*docker context use/,
    ],
    [{ kind: 'engine-died', text: 'EOF' }, /connection .* lost .*\[engine-unreachable\]/],
    [{ kind: 'ssh-agent-missing' }, /no SSH agent runs \[build-failed\]\n {2}hint: .*ssh-add/],
    [{ kind: 'interrupted' }, /^error: The build was interrupted \[interrupted\]$/],
    [{ kind: 'other', text: 'one\ntwo' }, /The build of u failed \[build-failed\]\n.*one\n.*two/],
  ])('%o has its words', (failure, words) => {
    expect(printed(failure, { unit: 'u' })).toMatch(words);
    expect(Object.keys(diagnosticCodes)).toContain(describeFailure(failure, {}).code);
  });
});

test.each([
  ['CERTIFICATE_VERIFY_FAILED', 1, /PIP_CERT/],
  ['Temporary failure in name resolution', 1, /network/],
  ['THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE', 1, /--hash/],
  ["error: command 'gcc' failed: No such file or directory", 1, /C compiler.*apt-get: \[gcc/],
  ['x.c:1:10: fatal error: Python.h: No such file or directory', 1, /python3-dev.*python3-devel/],
  [
    'x.c:1:10: fatal error: rare/thing.h: No such file or directory',
    1,
    /rare\/thing\.h is missing/,
  ],
  ['meson.build:1:1: ERROR: Dependency "dbus-1" not found', 1, /dbus-1 is missing/],
  ['git@github.com: Permission denied (publickey).', 128, /ssh-add -l/],
  ['E: Unable to locate package nope', 100, /`packages:`/],
  ['/bin/sh: 1: cmake: not found', 127, /CMake.*yum: \[cmake3\]/],
  ['/bin/sh: 1: rare-tool: not found', 127, /not in the image/],
  ['', 137, /memory/],
  ['', 126, /architecture/],
])('a step that ends with "%s" and code %i has a hint', (line, exitCode, hint) => {
  expect(stepHint({ ...stepFailed, log: ['something', line], exitCode })).toMatch(hint);
});

test('a step with words that nobody knows has no hint', () => {
  expect(stepHint({ ...stepFailed, log: ['boom'], exitCode: 1 })).toBeUndefined();
});

test('the exit code tells whether trying again may help', () => {
  expect(failureExitCode(imageUnavailable('timeout', true))).toBe(75);
  expect(failureExitCode(imageUnavailable('not-found'))).toBe(1);
  expect(failureExitCode({ kind: 'engine-died', text: '' })).toBe(75);
  expect(failureExitCode({ kind: 'buildx-missing' })).toBe(2);
  expect(failureExitCode({ kind: 'interrupted' })).toBe(130);
  expect(failureExitCode(stepFailed)).toBe(1);
});
