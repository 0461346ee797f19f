import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { readPkgrManifest } from '../../../src/manifest/index.js';
import { documentOf } from '../read-text.js';
import { told, toldOf } from './told.js';

describe('a value of the wrong type', () => {
  it('is told for each key', async () => {
    const wrong = {
      runtime: '3.13',
      image: '[a]',
      architecture: 'true',
      packages: 'gcc',
      requirements: '{a: b}',
      include: '5',
      exclude: '"*.pyc"',
      libs: 'null',
      bins: '{}',
      runtimeImage: '[]',
      pipconf: '[]',
      buildEnvironment: '[A=1]',
      dockerfile: '1.5',
      handler: '7',
    };
    const all = Object.entries(wrong).map(([key, value]) => toldOf(key, value));
    expect((await Promise.all(all)).flat()).toEqual([
      'pkgr.yml:1:26: error: "runtime" takes a runtime, not the number 3.13 [wrong-type]',
      '  hint: write it as Lambda does, such as python3.13',
      'pkgr.yml:1:24: error: "image" takes the name of an image, not a list [wrong-type]',
      '  hint: for example public.ecr.aws/sam/build-python3.13',
      'pkgr.yml:1:31: error: "architecture" takes an architecture, not the truth value true [wrong-type]',
      '  hint: write x86_64 or arm64',
      'pkgr.yml:1:27: error: "packages" takes a list of names, or lists by package manager, not text [wrong-type]',
      '  hint: for example packages: [gcc]',
      'pkgr.yml:1:31: error: "requirements" takes a path or a list of paths and requirements, not a mapping [wrong-type]',
      '  hint: for example requirements: requirements.txt',
      'pkgr.yml:1:26: error: "include" takes a path, a mapping with from and to, or a list of these, not the number 5 [wrong-type]',
      '  hint: for example include: functions/hello/',
      'pkgr.yml:1:27: error: "exclude" takes a list of patterns, not text [wrong-type]',
      '  hint: for example exclude: ["**/tests"]',
      'pkgr.yml:1:23: error: "libs" takes auto or a list of paths, not nothing [wrong-type]',
      '  hint: give it a value or remove the key; for example libs: ["/usr/lib64/libpq.so.*"]',
      'pkgr.yml:1:23: error: "bins" takes a list of paths, not a mapping [wrong-type]',
      '  hint: for example bins: [/usr/bin/pdftotext]',
      'pkgr.yml:1:31: error: "runtimeImage" takes the name of an image, not a list [wrong-type]',
      '  hint: for example public.ecr.aws/sam/build-python3.13',
      'pkgr.yml:1:26: error: "pipconf" takes a path, not a list [wrong-type]',
      '  hint: for example pipconf: pip.conf',
      'pkgr.yml:1:35: error: "buildEnvironment" takes a mapping of names and values, not a list [wrong-type]',
      '  hint: for example buildEnvironment: {CFLAGS: -O2}',
      'pkgr.yml:1:29: error: "dockerfile" takes a path, or a mapping with file, context, target and args, not the number 1.5 [wrong-type]',
      '  hint: for example dockerfile: images/Dockerfile',
      'pkgr.yml:1:26: error: "handler" takes a handler, not the number 7 [wrong-type]',
      '  hint: for example lambda.handler',
    ]);
  });

  it('is told for the item that has it, and its neighbours are still read', async () => {
    const text = [
      'functions:',
      '  a:',
      '    packages: [gcc, 5, make]',
      '    requirements: [six, {a: 1}]',
      '    include: [a/, 5, {from: b, to: 5}, {to: c}, c/]',
      '    buildEnvironment: {A: 1, B: "2"}',
    ].join('\n');
    const { manifest, diagnostics } = await readPkgrManifest(documentOf(text));
    expect(formatDiagnostics(diagnostics).split('\n')).toEqual([
      'pkgr.yml:3:21: error: an item of "packages" takes the name of an OS package, not the number 5 [wrong-type]',
      '  hint: for example packages: [gcc, libxml2-devel]',
      'pkgr.yml:4:25: error: an item of "requirements" takes a requirements file or a requirement, not a mapping [wrong-type]',
      '  hint: for example requirements.txt or requests==2.31',
      'pkgr.yml:5:19: error: an item of "include" takes a path or a mapping with from and to, not the number 5 [wrong-type]',
      '  hint: for example functions/hello/',
      'pkgr.yml:5:36: error: "to" takes a path, not the number 5 [wrong-type]',
      '  hint: for example to: config/',
      'pkgr.yml:5:40: error: "from" is missing [missing-key]',
      '  hint: add from: with a path',
      'pkgr.yml:6:27: error: "A" takes text, not the number 1 [wrong-type]',
      '  hint: write it in quotes, for example "1"',
    ]);
    const [unit] = manifest?.units ?? [];
    expect(unit?.packages.any.map(({ value }) => value)).toEqual(['gcc', 'make']);
    expect(unit?.requirements.map(({ value }) => value)).toEqual(['six']);
    expect(unit?.include.map(({ from }) => from.value)).toEqual(['a/', 'c/']);
    expect(unit?.buildEnvironment).toEqual({ B: '2' });
  });

  it('is told for whole sections and for the manifest', async () => {
    expect(await told('functions: [a]', 'layers: {a: 5, b: []}', 'global: x', 'output: 1')).toEqual(
      [
        'pkgr.yml:3:9: error: "global" takes a mapping, not text [wrong-type]',
        '  hint: for example global: {runtime: python3.13}',
        'pkgr.yml:1:12: error: "functions" takes a mapping of names and functions, not a list [wrong-type]',
        '  hint: for example functions: {hello: {include: hello/}}',
        'pkgr.yml:2:13: error: layer "a" takes a mapping, not the number 5 [wrong-type]',
        '  hint: for example include: layers/hello/',
        'pkgr.yml:2:19: error: layer "b" takes a mapping, not a list [wrong-type]',
        '  hint: for example include: layers/hello/',
        'pkgr.yml:4:9: error: "output" takes a path, not the number 1 [wrong-type]',
        '  hint: for example output: build',
      ],
    );
    expect(await told('- a')).toEqual([
      'pkgr.yml:1:1: error: the manifest takes a mapping with functions and layers, not a list [wrong-type]',
      '  hint: begin with functions: and the name of one below it',
    ]);
    expect(await told('just text')).toEqual([
      'pkgr.yml:1:1: error: the manifest takes a mapping with functions and layers, not text [wrong-type]',
      '  hint: begin with functions: and the name of one below it',
    ]);
  });
});

describe('a runtime', () => {
  it('that pkgr cannot build for is told with the one that was probably meant', async () => {
    expect([
      ...(await toldOf('runtime', 'python3.15')),
      ...(await toldOf('runtime', 'Python3.11')),
      ...(await toldOf('runtime', 'python2.7')),
      ...(await toldOf('runtime', 'nodejs22.x')),
      ...(await toldOf('architecture', 'aarch64')),
    ]).toEqual([
      'pkgr.yml:1:26: error: "python3.15" is not a runtime that pkgr knows [unsupported-runtime]',
      '  hint: write it as Lambda does, such as python3.13; pkgr builds for python3.6 to python3.14',
      'pkgr.yml:1:26: error: "Python3.11" is not a runtime that pkgr knows [unsupported-runtime]',
      '  hint: did you mean python3.11?',
      'pkgr.yml:1:26: error: "python2.7" is not a runtime that pkgr knows [unsupported-runtime]',
      '  hint: write it as Lambda does, such as python3.13; pkgr builds for python3.6 to python3.14',
      'pkgr.yml:1:26: error: "nodejs22.x" is not a runtime that pkgr knows [unsupported-runtime]',
      '  hint: write it as Lambda does, such as python3.13; pkgr builds for python3.6 to python3.14',
      'pkgr.yml:1:31: error: "aarch64" is not an architecture that pkgr knows [invalid-value]',
      '  hint: write x86_64 or arm64',
    ]);
  });
});
