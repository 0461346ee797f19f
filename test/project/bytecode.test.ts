import { expect, it } from 'vitest';
import { bytecodes as written } from '../../src/manifest/pkgr/values.js';
import { bytecodes } from '../../src/project/bytecode.js';
import { files, projectOf, told } from './sample-project.js';

it('the manifest takes every kind that there is', () => {
  expect(written).toEqual(bytecodes);
});

it('of a unit is its own, or else the global one, or else that of a hash', async () => {
  const { units } = await projectOf(
    [
      'global: {runtime: python3.13, include: a/, bytecode: sourceless}',
      'functions: {a: {}, b: {bytecode: none}, c: {bytecode: hash}}',
    ].join('\n'),
    files,
  );
  expect(units.map(({ bytecode }) => bytecode)).toEqual(['sourceless', 'none', 'hash']);
  const other = await projectOf('functions: {a: {runtime: python3.13, include: a/}}', files);
  expect(other.units[0]?.bytecode).toBe('hash');
});

it('is left out where prune leaves it out, and where only bytecode with dates can be had', async () => {
  const { units } = await projectOf(
    [
      'global: {runtime: python3.13, include: a/}',
      'functions: {a: {prune: [pyc]}, b: {prune: juniper}, c: {prune: [tests]}, d: {runtime: python3.6}}',
    ].join('\n'),
    files,
  );
  expect(units.map(({ bytecode }) => bytecode)).toEqual(['none', 'none', 'hash', 'none']);
});

it('that cannot be is refused at its place', async () => {
  expect(
    await told(
      [
        'global: {runtime: python3.13, include: a/}',
        'functions:',
        '  a: {prune: [pyc], bytecode: hash}',
        '  b: {runtime: python3.6, bytecode: sourceless}',
        '  c: {bytecode: pyo}',
      ].join('\n'),
      files,
    ),
  ).toEqual([
    'pkgr.yml:3:31: error: function "a" asks for bytecode: hash, and prune (pyc) leaves bytecode out [invalid-value]',
    '  hint: drop one of the two; sources are packed with bytecode: none',
    'pkgr.yml:4:16: warning: AWS ended the support of python3.6 on 2022-07-18 [deprecated-runtime]',
    '  hint: python3.13 is supported until 2029-06-30',
    'pkgr.yml:4:37: error: function "b" asks for bytecode: sourceless, which Python 3.6 does not have [invalid-value]',
    '  hint: write bytecode: none, or move to python3.8 or later',
    'pkgr.yml:5:17: error: "pyo" is not a kind of bytecode that pkgr knows [invalid-value]',
    '  hint: write hash (the default), none or sourceless',
  ]);
});
