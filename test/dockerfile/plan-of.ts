import type { BuildPlan } from '../../src/plan/index.js';

const at = { file: 'pkgr.yml', line: 1, column: 1 };

/** The values that reach a Dockerfile from outside, where text is free or checked elsewhere. */
export interface Values {
  readonly manifest: string;
  readonly output: string;
  readonly image: string;
  readonly osPackage: string;
  readonly requirementsFile: string;
  readonly requirement: string;
  readonly inputFolder: string;
  readonly environment: string;
  readonly pipconf: string;
  readonly lib: string;
  readonly bin: string;
  readonly from: string;
  readonly to: string;
  readonly exclude: string;
  readonly ignore: string;
  readonly unit: string;
  readonly handler: string;
}

export const harmless: Values = {
  manifest: 'pkgr.yml',
  output: 'dist',
  image: 'docker.io/library/debian:12',
  osPackage: 'libpq-dev',
  requirementsFile: 'requirements/common.txt',
  requirement: '--no-binary psycopg2',
  inputFolder: 'vendor/lib',
  environment: '-O2 -g0',
  pipconf: 'pip.conf',
  lib: '/usr/lib/*/libpq.so.*',
  bin: '/usr/bin/psql',
  from: 'functions/report',
  to: 'report',
  exclude: 'report/tests',
  ignore: '**/*.pyc',
  unit: 'report',
  handler: 'app.handler',
};

/** A plan with every kind of stage: shared and own bases, packages, two sets, libraries, code. */
export function planOf(values: Values): BuildPlan {
  const common = { at, architecture: 'x86_64', runtime: 'python3.11' } as const;
  return {
    version: 1,
    manifest: values.manifest,
    output: values.output,
    ignore: [values.ignore],
    bases: [
      {
        id: 'python3.11-amd64',
        kind: 'image',
        image: 'public.ecr.aws/sam/build-python3.11:latest-x86_64',
        platform: 'linux/amd64',
        units: ['shared'],
      },
      {
        id: 'own',
        kind: 'image',
        image: values.image,
        platform: 'linux/amd64',
        units: [values.unit],
        at,
      },
    ],
    contexts: [],
    systems: [
      {
        id: 'own-packages',
        base: 'own',
        packages: { any: [values.osPackage], byManager: { apk: [values.osPackage] } },
        units: [values.unit],
      },
    ],
    runtimeImages: [
      { id: 'like', image: values.image, platform: 'linux/amd64', units: [values.unit], at },
    ],
    installers: [{ id: 'python3.11-amd64-uv', on: 'python3.11-amd64', units: ['shared'] }],
    dependencySets: [
      {
        id: 'deps-1',
        on: 'own-packages',
        runtime: 'python3.11',
        requirements: [
          { kind: 'file', path: values.requirementsFile },
          { kind: 'line', text: values.requirement },
        ],
        inputs: [
          { kind: 'file', path: values.requirementsFile },
          { kind: 'directory', path: values.inputFolder },
        ],
        environment: { CFLAGS: values.environment },
        pipconf: values.pipconf,
        usesSsh: true,
        at,
        units: [values.unit],
      },
      {
        id: 'deps-2',
        on: 'python3.11-amd64',
        runtime: 'python3.11',
        requirements: [{ kind: 'file', path: values.requirementsFile }],
        inputs: [{ kind: 'file', path: values.requirementsFile }],
        environment: {},
        uv: 'python3.11-amd64-uv',
        usesSsh: false,
        at,
        units: ['shared'],
      },
    ],
    packageZips: [
      {
        id: 'packages-1',
        dependencies: 'deps-1',
        bytecode: { kind: 'hash', place: '/var/task' },
        units: [values.unit],
      },
      {
        id: 'packages-2',
        dependencies: 'deps-2',
        bytecode: { kind: 'sourceless', place: '/opt/python' },
        units: ['shared'],
      },
    ],
    librarySets: [
      {
        id: 'libs-1',
        on: 'own-packages',
        layout: 'function',
        runtime: 'python3.11',
        runtimeImage: 'like',
        auto: true,
        dependencies: 'deps-1',
        libs: [values.lib],
        bins: [values.bin],
        at,
        units: [values.unit],
      },
    ],
    layerSets: [{ id: 'layers-1', runtimeImage: 'like', layers: ['shared'], units: [values.unit] }],
    zipBatches: [],
    units: [
      {
        ...common,
        kind: 'function',
        name: values.unit,
        target: 'report',
        handlers: [values.handler],
        layers: [
          { kind: 'unit', name: 'shared' },
          { kind: 'external', arn: 'arn:aws:lambda:eu-west-1:123456789012:layer:other:1' },
        ],
        base: 'own',
        dependencies: 'deps-1',
        packageZip: 'packages-1',
        libraries: 'libs-1',
        bytecode: { kind: 'hash', place: '/var/task' },
        packagesPrefix: '',
        verify: {
          runtimeImage: 'like',
          layers: 'layers-1',
          environment: { STAGE: values.environment },
          withoutMetadata: false,
        },
        handler: 'app.handler',
        code: [
          { copies: [{ kind: 'file', from: values.from, to: values.to }], exclude: [] },
          {
            copies: [{ kind: 'directory', from: values.from, to: values.to }],
            exclude: [values.exclude],
          },
        ],
        zip: `${values.output}/report.zip`,
      },
      {
        ...common,
        kind: 'layer',
        name: 'shared',
        target: 'shared',
        handlers: [values.handler],
        layers: [],
        base: 'python3.11-amd64',
        dependencies: 'deps-2',
        packageZip: 'packages-2',
        bytecode: { kind: 'sourceless', place: '/opt' },
        packagesPrefix: 'python',
        code: [],
        verify: { runtimeImage: 'like', environment: {}, withoutMetadata: true },
        zip: 'dist/shared.zip',
      },
      {
        ...common,
        kind: 'function',
        name: 'plain',
        target: 'plain',
        handlers: [],
        layers: [],
        base: 'python3.11-amd64',
        bytecode: { kind: 'none' },
        packagesPrefix: '',
        code: [{ copies: [{ kind: 'contents', from: '', to: '' }], exclude: [] }],
        zip: 'dist/plain.zip',
      },
    ],
  };
}
