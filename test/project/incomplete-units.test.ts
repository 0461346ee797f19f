import { describe, expect, it } from 'vitest';
import { files, told, toldOfFunction } from './sample-project.js';

describe('a unit', () => {
  it('needs a runtime, and all that lack one are told together', async () => {
    const text = 'functions: {a: {include: a/}, b: {include: a/}}\nlayers: {c: {include: a/}}';
    expect(await told(text, files)).toEqual([
      'pkgr.yml:1:13: error: function "a" has no runtime [missing-key]',
      '  | also without one: function "b", layer "c"',
      '  hint: add runtime: python3.13 to it, or to global for all',
    ]);
    expect(await told('functions: {a: {include: a/}}', files)).toEqual([
      'pkgr.yml:1:13: error: function "a" has no runtime [missing-key]',
      '  hint: add runtime: python3.13 to it, or to global for all',
    ]);
  });

  it('needs something to pack', async () => {
    expect(
      await told(
        [
          'global: {runtime: python3.13}',
          'functions:',
          '  a: {libs: [/usr/lib/x.so]}',
          '  b:',
          'layers:',
          '  c: {packages: [gcc]}',
          '  d: {bins: [/usr/bin/x]}',
        ].join('\n'),
      ),
    ).toEqual([
      'pkgr.yml:3:3: error: function "a" has nothing to pack [missing-key]',
      '  hint: give it requirements or include, for example include: functions/hello/',
      'pkgr.yml:4:3: error: function "b" has nothing to pack [missing-key]',
      '  hint: give it requirements or include, for example include: functions/hello/',
      'pkgr.yml:6:3: error: layer "c" has nothing to pack [missing-key]',
      '  hint: give it requirements, include, libs or bins, for example include: layers/shared/',
    ]);
  });

  it('is not told to lack what was only refused', async () => {
    const text = 'functions: {a: {runtime: 3.13, include: 5}, b: {runtim: python3.13, includ: a/}}';
    const codes = (await told(text)).flatMap((line) => /\[([a-z-]+)\]$/.exec(line)?.[1] ?? []);
    expect(codes).toEqual(['wrong-type', 'wrong-type', 'unknown-key', 'unknown-key']);
  });

  it('cannot have both an image and a Dockerfile', async () => {
    expect(await toldOfFunction(['image: a', 'dockerfile: Dockerfile', 'include: a/'])).toEqual([
      'pkgr.yml:5:17: error: function "hello" has both an image and a dockerfile [invalid-value]',
      '  hint: keep one of them; a Dockerfile names its own image in FROM',
    ]);
  });

  it('of an old runtime cannot be for arm64', async () => {
    expect(
      (
        await told('functions: {a: {runtime: python3.7, architecture: arm64, include: a/}}', files)
      ).filter((line) => line.includes('error')),
    ).toEqual(['pkgr.yml:1:51: error: Lambda has no python3.7 for arm64 [unsupported-runtime]']);
  });
});

describe('what many units share', () => {
  it('is told once', async () => {
    const text = [
      'x-a: &a {requirment: a.txt, include: [b/, a/]}',
      'global: {runtime: python3.13, include: nowhere}',
      'functions: {a: {<<: *a}, b: {<<: *a}, c: {<<: *a}}',
    ].join('\n');
    expect(await told(text, files)).toEqual([
      'pkgr.yml:1:10: error: a function has no key "requirment" [unknown-key]',
      '  hint: did you mean requirements?',
      'pkgr.yml:1:39: error: b does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
      'pkgr.yml:2:40: error: nowhere does not exist [missing-file]',
      '  hint: create it or correct the path; paths start from the folder of the manifest',
    ]);
  });
});
