import { describe, expect, test } from 'vitest';
import type { Fact, HandlerFact } from '../../src/artifacts/index.js';
import type { AuditedZip } from '../../src/audit/index.js';
import { type AuditCode, auditCodes } from '../../src/diagnostics/index.js';
import { codesOf, fn, layer, layers, type Told, toldOf } from './zips.js';

const arn = 'arn:aws:lambda:eu-central-1:123456789012:layer:some:1';

const facts = (...found: readonly (Fact | HandlerFact)[]): Told => ({ findings: { facts: found } });
const modules = (...names: readonly string[]): Told => ({
  contents: { modules: names.map((name) => ({ name, file: `${name}.py`, of: 'code' })) },
});
const libx = { library: 'libx.so.1', path: '/deps/libx.so.1', files: ['a.so'], libraries: [] };
const missing = (rpath?: string): Told => ({
  findings: { missing: [{ ...libx, ...(rpath !== undefined && { rpath }) }] },
});

const handlerFact = (
  state: HandlerFact['state'],
  more: Partial<HandlerFact> = {},
): HandlerFact => ({
  kind: 'handler',
  handler: 'app.handler',
  state,
  near: [],
  ...(state !== 'absent' && { file: 'app.py' }),
  ...more,
});
const calling = (fact: HandlerFact, ...names: readonly string[]) =>
  fn('a', facts(fact), { handler: 'app.handler', ...layers(...names) });
const syntax = (python: string) => handlerFact('syntax', { line: 2, why: 'bad', python });

const package_ = { package: 'lib', packageVersion: '1.0', of: 'packages' };
const wheel = (misfit: 'python' | 'system' | 'machine', ...tags: readonly string[]) =>
  facts({ kind: 'wheel', file: 'lib-1.0.dist-info/WHEEL', misfit, tags, ...package_ });
const module = (misfit: 'python' | 'machine', tag: string) =>
  facts({ kind: 'module', file: `lib/x.${tag}.so`, misfit, tag, ...package_ });
const binary = (format: string, machine: string) =>
  facts({ kind: 'binary', file: 'bin/tool', format, machine, of: 'code' });

/** Of each code: zips of which the function `a` has it, and others that are almost the same. */
const cases: Readonly<
  Record<
    AuditCode,
    {
      readonly weight: string;
      readonly found: readonly AuditedZip[];
      readonly not: readonly AuditedZip[];
    }
  >
> = {
  'zip-too-large': {
    weight: 'error',
    found: [fn('a', { size: 52_428_801 })],
    not: [fn('a', { size: 52_428_800 })],
  },
  'unzipped-too-large': {
    weight: 'error',
    found: [fn('a', { unzippedSize: 262_144_000 }, layers('b')), layer('b', { unzippedSize: 1 })],
    not: [fn('a', { unzippedSize: 262_144_000 }), layer('b', { unzippedSize: 1 })],
  },
  'too-many-layers': {
    weight: 'error',
    found: [fn('a', {}, layers(...'123456'))],
    not: [fn('a', {}, layers(...'12345'))],
  },
  'near-limit': {
    weight: 'warning',
    found: [fn('a', { size: 41_943_040 })],
    not: [fn('a', { size: 41_943_039 })],
  },
  'handler-not-found': {
    weight: 'error',
    found: [calling(handlerFact('absent'), 'b'), layer('b', facts(handlerFact('absent')))],
    not: [calling(handlerFact('absent'), 'b'), layer('b', facts(handlerFact('defined')))],
  },
  'handler-undefined': {
    weight: 'error',
    found: [calling(handlerFact('undefined'))],
    // A module that makes its names when it is run has it perhaps.
    not: [calling(handlerFact('unknown'))],
  },
  'unfit-handler': {
    weight: 'error',
    found: [calling(handlerFact('uncallable', { why: 'coroutine' }))],
    not: [calling(handlerFact('defined'))],
  },
  'syntax-error': {
    weight: 'error',
    found: [calling(syntax('3.13'))],
    // Only what Lambda calls is looked at: the same module in a function without a handler.
    not: [fn('a', facts(syntax('3.13')))],
  },
  'missing-library': {
    weight: 'warning',
    found: [fn('a', missing(), layers('b')), layer('b', { contents: { libraries: ['libx.so'] } })],
    not: [fn('a', missing(), layers('b')), layer('b', { contents: { libraries: ['libx.so.1'] } })],
  },
  'outside-rpath': {
    weight: 'warning',
    found: [fn('a', missing('/opting/lib'))],
    // It is missing there as well, but in a folder that Lambda has.
    not: [fn('a', missing('/opt/lib'))],
  },
  'symbol-version': {
    weight: 'warning',
    found: [
      fn(
        'a',
        facts({
          ...{ kind: 'symbol-version', file: 'lib/x.so', library: 'libc.so.6', tags: [] },
          ...{ version: 'GLIBC_2.38', has: 'GLIBC_2.34', ...package_ },
        }),
      ),
    ],
    not: [fn('a', facts({ kind: 'rpath', file: 'lib/x.so', folder: '/deps', ...package_ }))],
  },
  'wrong-architecture': {
    weight: 'warning',
    found: [fn('a', binary('ELF', 'aarch64'))],
    not: [fn('a', binary('Mach-O', 'arm64'))],
  },
  'wrong-platform': {
    weight: 'warning',
    found: [fn('a', wheel('system', 'cp313-cp313-macosx_11_0_arm64'))],
    not: [fn('a', wheel('machine', 'cp313-cp313-manylinux_2_28_aarch64'))],
  },
  'wrong-abi': {
    weight: 'warning',
    found: [fn('a', module('python', 'cpython-311-x86_64-linux-gnu'))],
    not: [fn('a', module('machine', 'cpython-313-aarch64-linux-gnu'))],
  },
  'shadowed-module': {
    weight: 'warning',
    found: [fn('a', modules('random'))],
    // Python 3.13 has no imp any more, and never had one of these names.
    not: [fn('a', modules('imp', 'Random', 'randoms'))],
  },
  'shadowed-runtime': {
    weight: 'warning',
    found: [fn('a', modules('bootstrap'))],
    not: [fn('a', modules('boto3', 'botocore', 'bootstraps'))],
  },
  'replaced-file': {
    weight: 'warning',
    found: [fn('a', { findings: { replaced: [{ name: 'x.py', of: 'packages', by: 'code' }] } })],
    not: [fn('a', { findings: { carried: [{ name: 'x.py' }] } })],
  },
  'case-clash': {
    weight: 'warning',
    found: [
      fn(
        'a',
        facts({ kind: 'case-clash', file: 'A.py', of: 'code', other: 'a.py', otherOf: 'packages' }),
      ),
    ],
    not: [fn('a', { findings: { replaced: [{ name: 'A.py', of: 'code', by: 'code' }] } })],
  },
  'secret-file': {
    weight: 'warning',
    found: [fn('a', facts({ kind: 'secret', file: '.env', of: 'code', secret: 'variables' }))],
    not: [fn('a', { findings: { carried: [{ name: '.env' }] } })],
  },
};

describe.each(auditCodes)('%s', (code) => {
  const { weight, found, not } = cases[code];

  test('is found, weighs what it should, and says what to do', () => {
    expect(codesOf('a', found)).toEqual([`${weight} ${code}`]);
    expect(toldOf(found)).toMatch(
      new RegExp(
        `^pkgr\\.yml:7:3: ${weight}: function "a" .* \\[${code}\\]\\n(?: {2}\\| .*\\n)* {2}hint: \\S`,
      ),
    );
  });

  test('is not found in what is almost the same', () => {
    expect(codesOf('a', not).filter((told) => told.endsWith(code))).toEqual([]);
  });
});

describe('a finding weighs less', () => {
  test.each([
    [
      'a handler that an unknown layer may have',
      calling(handlerFact('absent'), arn),
      'handler-not-found',
    ],
    [
      'a library that an unknown layer may have',
      fn('a', missing(), layers(arn)),
      'missing-library',
    ],
    [
      'a syntax that the image’s Python cannot read, and the runtime’s perhaps',
      calling(syntax('3.11')),
      'syntax-error',
    ],
    [
      'an RPATH of which nothing is missing',
      fn('a', facts({ kind: 'rpath', file: 'x.so', of: 'code', folder: '/deps' })),
      'outside-rpath',
    ],
    [
      'two names that packages bring which nobody here can rename',
      fn(
        'a',
        facts({ kind: 'case-clash', file: 'A', of: 'packages', other: 'a', otherOf: 'packages' }),
      ),
      'case-clash',
    ],
  ])('%s', (_, zip, code) => {
    expect(codesOf('a', [zip])).toEqual([`notice ${code}`]);
  });
});

describe('what to do depends on whose the file is', () => {
  const ofPackages = (name: string): Told => ({
    contents: { modules: [{ name, file: `${name}.py`, of: 'packages' }] },
  });

  test.each([
    [modules('random'), /hint: rename it/],
    [ofPackages('random'), /hint: drop the requirement that brings it: Python has it/],
    [modules('bootstrap'), /hint: rename it/],
    [ofPackages('bootstrap'), /hint: drop the requirement that brings it: Lambda has it/],
    [
      facts({ kind: 'secret', file: 'x/a[1].pem', of: 'code', secret: 'a private key' }),
      /hint: leave it out: exclude: \["\*\*\/a\\\\\[1\\\\\].pem"\]/,
    ],
    [
      facts({ kind: 'secret', file: 'x/a.pem', of: 'packages', secret: 'a private key' }),
      /hint: a package brings it/,
    ],
    [wheel('system', 'cp313-cp313-musllinux_1_2_x86_64'), /Lambda has no musl/],
    [wheel('python', 'cp311-cp311-manylinux_2_17_x86_64'), /or write runtime: python3\.11/],
  ])('%#', (told, words) => {
    expect(toldOf([fn('a', told)])).toMatch(words);
  });
});

test('a module that the runtime’s own Python does not have yet is nobody’s', () => {
  const zips = (runtime: 'python3.10' | 'python3.11' | 'any') => [
    fn('a', modules('tomllib'), { runtime }),
  ];
  expect(codesOf('a', zips('python3.11'))).toEqual(['warning shadowed-module']);
  expect(codesOf('a', zips('python3.10'))).toEqual([]);
  expect(codesOf('a', zips('any'))).toEqual([]);
});
