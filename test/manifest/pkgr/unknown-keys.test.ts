import { describe, expect, it } from 'vitest';
import { told } from './told.js';

describe('an unknown key', () => {
  it('is told with the key that was probably meant', async () => {
    expect(
      await told(
        'global: {runtimes: python3.13}',
        'function: {}',
        'functions:',
        '  hello:',
        '    includes: a/',
        '    packages: {apt: [gcc]}',
        '    include:',
        '      - form: a/',
        'layers:',
        '  shared: {requirement: a.txt}',
      ),
    ).toEqual([
      'pkgr.yml:1:10: error: "global" has no key "runtimes" [unknown-key]',
      '  hint: did you mean runtime?',
      'pkgr.yml:6:16: error: "packages" has no key "apt" [unknown-key]',
      '  hint: did you mean apt-get?',
      'pkgr.yml:8:9: error: an item of "include" has no key "form" [unknown-key]',
      '  hint: did you mean from?',
      'pkgr.yml:5:5: error: a function has no key "includes" [unknown-key]',
      '  hint: did you mean include?',
      'pkgr.yml:10:12: error: a layer has no key "requirement" [unknown-key]',
      '  hint: did you mean requirements?',
      'pkgr.yml:2:1: error: the manifest has no key "function" [unknown-key]',
      '  hint: did you mean functions?',
    ]);
  });

  it('is told where it belongs when it is known elsewhere', async () => {
    expect(
      await told(
        'runtime: python3.13',
        'global: {handler: a.b}',
        'functions: {hello: {output: out, colour: red}}',
        'layers: {shared: {handler: a.b, layers: [x]}}',
        'version: 1',
      ),
    ).toEqual([
      'pkgr.yml:2:10: error: "global" has no key "handler" [unknown-key]',
      '  hint: only a function has a handler',
      'pkgr.yml:3:21: error: a function has no key "output" [unknown-key]',
      '  hint: output belongs to the top level of the file',
      'pkgr.yml:3:34: error: a function has no key "colour" [unknown-key]',
      '  hint: the keys are runtime, image, dockerfile, architecture, packages, requirements, installer, include, exclude, prune, bytecode, libs, bins, runtimeImage, verify, verifyImage, pipconf, buildEnvironment, audit, handler, layers',
      'pkgr.yml:4:19: error: a layer has no key "handler" [unknown-key]',
      '  hint: only a function has a handler',
      'pkgr.yml:4:33: error: a layer has no key "layers" [unknown-key]',
      '  hint: only a function names its layers',
      'pkgr.yml:1:1: error: the manifest has no key "runtime" [unknown-key]',
      '  hint: runtime belongs to global, to a function or to a layer',
      'pkgr.yml:5:1: error: the manifest has no key "version" [unknown-key]',
      '  hint: the keys are global, functions, layers, output',
    ]);
  });

  it('is none when it begins with x- at the top', async () => {
    expect(await told('x-any: {thing: 1}', 'functions: {a: {}}')).toEqual(['nothing']);
    expect(await told('functions: {a: {x-any: 1}}')).toContain(
      'pkgr.yml:1:17: error: a function has no key "x-any" [unknown-key]',
    );
  });
});

describe('a manifest without units', () => {
  it('is told to be empty', async () => {
    const empty = [
      'pkgr.yml:1:1: error: pkgr.yml declares neither functions nor layers [empty-manifest]',
      '  hint: begin with functions: {hello: {runtime: python3.13, include: functions/hello/}}',
    ];
    expect(await told('')).toEqual(empty);
    expect(await told('# only a comment')).toEqual(empty);
    expect(await told('functions:', 'layers: {}')).toEqual(empty);
    expect(await told('{}')).toEqual(empty);
  });

  it('is not told to be empty when its units could not be read', async () => {
    expect((await told('functions: 5')).join()).not.toContain('empty-manifest');
    expect((await told('funtions: {a: {}}')).join()).not.toContain('empty-manifest');
  });
});
