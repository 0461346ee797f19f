import { describe, expect, test } from 'vitest';
import { codesOf, fn, toldOf } from './zips.js';

describe('a file that gave way to another of its name', () => {
  const carried = [
    { name: 'six.py', path: '/var/task/lambda_lib/six.py' },
    { name: 'requests/api.py', path: '/var/task/lambda_lib/requests/api.py' },
  ];
  const byImage = carried.map(({ name }) => ({ name, of: 'packages', by: 'libraries' }));

  test('is told of with where both come from', () => {
    const replaced = byImage.slice(0, 1);
    expect(toldOf([fn('hello', { findings: { replaced, carried } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "hello" has /var/task/lambda_lib/six.py of the image in place of six.py of the packages [replaced-file]
        hint: rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project"
    `);
  });

  test('is told of together with others of the same two places', () => {
    const replaced = [...byImage, { name: 'six.py', of: 'libraries', by: 'code' }];
    expect(toldOf([fn('hello', { findings: { replaced, carried } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "hello" has 2 files of the image in place of those of the packages [replaced-file]
        | /var/task/lambda_lib/six.py of the image in place of six.py of the packages
        | /var/task/lambda_lib/requests/api.py of the image in place of requests/api.py of the packages
        hint: rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project
      pkgr.yml:7:3: warning: function "hello" has six.py of the code in place of /var/task/lambda_lib/six.py of the image [replaced-file]
        hint: rename one of the two: in lambda_lib or lambda_bin of the image, in libs or bins, or in the project"
    `);
  });

  test('is told of although the report does not say where the image has it', () => {
    const replaced = byImage.slice(0, 1);
    expect(toldOf([fn('hello', { findings: { replaced } })])).toContain(
      'has six.py of the image in place of six.py of the packages',
    );
  });
});

describe("a file of the project that has the name of a package's", () => {
  test('is told of when it takes its place', () => {
    const replaced = [{ name: 'utils.py', of: 'packages', by: 'code' }];
    expect(toldOf([fn('hello', { findings: { replaced } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "hello" has utils.py of the code in place of utils.py of the packages [replaced-file]
        hint: rename yours, or put it into a package of your own, so that both are there; if it is meant to replace the other, write audit: {replaced-file: ignore}"
    `);
  });

  test('is told of when it gives way to it', () => {
    const replaced = [{ name: 'utils.py', of: 'code', by: 'packages' }];
    expect(toldOf([fn('hello', { findings: { replaced } })])).toMatchInlineSnapshot(`
      "pkgr.yml:7:3: warning: function "hello" has utils.py of the packages in place of utils.py of the code [replaced-file]
        hint: rename yours, or put it into a package of your own, so that both are there"
    `);
  });

  test('is a notice only when it is nothing that is run', () => {
    const replaced = [{ name: 'README.md', of: 'packages', by: 'code' }];
    expect(codesOf('a', [fn('a', { findings: { replaced } })])).toEqual(['notice replaced-file']);
  });
});
