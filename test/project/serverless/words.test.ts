import { beforeAll, describe, expect, it } from 'vitest';
import { type ManifestWords, pkgrWords } from '../../../src/diagnostics/index.js';
import { describeFailure, type SolveFailure } from '../../../src/engine/index.js';
import { type Installing, installFailed } from '../../../src/host/install-failure.js';
import { targetOf } from '../../../src/host/target.js';
import { projectOf } from './service.js';

const stepFailed = {
  kind: 'step-failed',
  step: 'RUN pip install',
  exitCode: 1,
  error: '',
  log: [],
} as const;

/** Failures whose remedy is a key of pkgr.yml, and the remedy in a service. */
const failures: readonly (readonly [what: string, failure: SolveFailure, hint: string])[] = [
  [
    'an image that is not to be had',
    { kind: 'image-unavailable', image: 'a', reason: 'not-found', transient: false, text: '' },
    'Check the name and the tag, or choose another with `dockerImage:` in custom.soclessPackager.',
  ],
  [
    'no engine',
    { kind: 'engine-unreachable', reason: 'no-command', text: '' },
    'Install Docker, or put its folder on PATH. Units without OS packages can be packed without Docker: useDocker: false in custom.soclessPackager.',
  ],
  [
    'a program that the image lacks',
    { ...stepFailed, exitCode: 127, log: ['/bin/sh: 1: rare-tool: not found'] },
    'A program that the step needs is not in the image: choose another with `dockerImage:`.',
  ],
  [
    'a library that the image lacks',
    { ...stepFailed, log: ['Error: pg_config executable not found.'] },
    "What is missing is PostgreSQL's pg_config and headers: name an image that has it as `dockerImage:` in custom.soclessPackager (apt-get install libpq-dev; dnf install libpq-devel; apk add postgresql-dev), or require a version that has a wheel.",
  ],
  [
    'a header that nobody knows',
    { ...stepFailed, log: ['x.c:1:10: fatal error: rare/thing.h: No such file or directory'] },
    'A package is compiled from source and rare/thing.h is missing: name an image that has it as `dockerImage:` in custom.soclessPackager, or require a version that has a wheel.',
  ],
  [
    'an image without Python',
    { ...stepFailed, exitCode: 127, log: ['/bin/sh: 1: python3: not found'] },
    'choose an image that has the Python of the runtime, with pip and a shell; without `dockerImage:` the default one of the runtime is used',
  ],
  [
    'an image with another Python',
    {
      ...stepFailed,
      log: ['pkgr: install: the runtime is python3.13 but /usr/bin/python3 is Python 3.9'],
    },
    'change runtime or dockerImage so that they agree',
  ],
];

describe('what to do, in a service of the framework, about', () => {
  let words: ManifestWords = pkgrWords;
  beforeAll(async () => {
    words = (await projectOf({})).words ?? pkgrWords;
  });

  it.each(failures)('%s is told by names that its options have', (_, failure, hint) => {
    expect(describeFailure(failure, { words }).hint).toBe(hint);
    expect(describeFailure(failure, {}).hint).not.toMatch(/dockerImage|useDocker/);
  });

  it.each([
    ["ERROR: Cannot find command 'git'", 'install git, or build with Docker (useDocker: true)'],
    [
      'ERROR: one-1.0-x.whl is not a supported wheel on this platform.',
      "the wheel is not made for Lambda's python3.12 on x86_64 (glibc 2.34): add one that is, or build with Docker (useDocker: true)",
    ],
    ['WARNING: Retrying (Retry(total=4', 'PIP_INDEX_URL under dockerEnvs'],
  ])('what pip says without Docker, %s, is told by them too', (line, hint) => {
    const runtime = 'python3.12';
    const what: Omit<Installing, 'words'> = {
      units: 'hello',
      runtime,
      target: targetOf(runtime, 'x86_64'),
      onlyWheels: true,
    };
    const end = { exitCode: 1, lines: [line] };
    expect(installFailed({ ...what, words }, end).hint).toContain(hint);
    expect(installFailed({ ...what, words: pkgrWords }, end).hint).not.toMatch(
      /useDocker|dockerEnvs/,
    );
  });
});
