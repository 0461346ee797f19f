import { describe, expect, it } from 'vitest';
import { files, told } from './sample-project.js';

describe('the name of a unit', () => {
  it('is refused with a better one when it cannot be a file name and a Docker target', async () => {
    const names = [
      'a b',
      'café',
      '-x',
      '.x',
      '',
      'x.',
      'con',
      'LPT1.x',
      'a/b',
      '../x',
      '日本',
      'a\nb',
      'x'.repeat(129),
    ];
    const units = names.map((name) => `  ${JSON.stringify(name)}: {include: a/}`);
    const text = ['global: {runtime: python3.13}', 'functions:', ...units].join('\n');
    expect(await told(text, files)).toEqual([
      'pkgr.yml:3:4: error: the function name "a b" has other characters than letters, digits and . _ - [invalid-name]',
      '  hint: call it a-b, for example',
      'pkgr.yml:4:4: error: the function name "café" has other characters than letters, digits and . _ - [invalid-name]',
      '  hint: call it cafe, for example',
      'pkgr.yml:5:4: error: the function name "-x" does not begin with a letter or a digit [invalid-name]',
      '  hint: call it x, for example',
      'pkgr.yml:6:4: error: the function name ".x" does not begin with a letter or a digit [invalid-name]',
      '  hint: call it x, for example',
      'pkgr.yml:7:4: error: the function name "" is empty [invalid-name]',
      '  hint: call it function-1, for example',
      'pkgr.yml:8:4: error: the function name "x." ends in a dot [invalid-name]',
      '  hint: call it x, for example',
      'pkgr.yml:9:4: error: the function name "con" is the name of a device on Windows [invalid-name]',
      '  hint: call it function-con, for example',
      'pkgr.yml:10:4: error: the function name "LPT1.x" is the name of a device on Windows [invalid-name]',
      '  hint: call it function-LPT1.x, for example',
      'pkgr.yml:11:4: error: the function name "a/b" has other characters than letters, digits and . _ - [invalid-name]',
      '  hint: call it a-b, for example',
      'pkgr.yml:12:4: error: the function name "../x" does not begin with a letter or a digit [invalid-name]',
      '  hint: call it x, for example',
      'pkgr.yml:13:4: error: the function name "日本" does not begin with a letter or a digit [invalid-name]',
      '  hint: call it function-1, for example',
      'pkgr.yml:14:4: error: the function name "a\\nb" has other characters than letters, digits and . _ - [invalid-name]',
      '  hint: call it a-b, for example',
      'pkgr.yml:15:4: error: the function name "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx..." has 129 characters, more than 128 [invalid-name]',
      '  hint: call it xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx, for example',
    ]);
  });

  it('may have 128 characters', async () => {
    const name = `0${'x'.repeat(126)}_`;
    expect(await told(`functions: {${name}: {runtime: python3.13, include: a/}}`, files)).toEqual([
      'nothing',
    ]);
  });

  it('is refused when another unit has the same zip', async () => {
    expect(
      await told(
        [
          'global: {runtime: python3.13}',
          'functions:',
          '  hello: {include: a/}',
          '  Hello: {include: a/}',
          'layers:',
          '  hello: {include: a/}',
        ].join('\n'),
        files,
      ),
    ).toEqual([
      'pkgr.yml:4:3: error: function "Hello" would be written to the same zip as function "hello", where letter case makes no difference [same-zip]',
      '  hint: rename one of them; the other is at pkgr.yml:3:3',
      'pkgr.yml:6:3: error: layer "hello" would be written to the same zip as function "hello" [same-zip]',
      '  hint: rename one of them; the other is at pkgr.yml:3:3',
    ]);
  });
});
