import { expect, test } from 'vitest';
import { fn, toldOf } from './zips.js';

test('a file of a package that the image replaces is told of', () => {
  const replaced = [{ name: 'requests/__init__.py', of: 'packages', by: 'libraries' }];
  expect(toldOf([fn('hello', { findings: { replaced } })])).toMatchInlineSnapshot(`
    "pkgr.yml:7:3: warning: function "hello" has requests/__init__.py of the image in place of the packages' own [replaced-file]
      | requests/__init__.py
      hint: rename it in lambda_lib or lambda_bin of the image, or choose another file in libs or bins"
  `);
});
