import { createRequire } from 'node:module';
import * as api from 'pkgr';
import Plugin from 'pkgr/serverless';
import { expect, test } from 'vitest';

test('a program that imports pkgr gets the library, with its types', () => {
  const open: typeof import('../../src/api/index.js').openProject = api.openProject;
  expect(open).toBeTypeOf('function');
  expect(api.build).toBeTypeOf('function');
  expect(api).not.toHaveProperty('default');
});

test('whoever requires pkgr, as the frameworks do, gets the plugin', () => {
  const required: unknown = createRequire(import.meta.url)('pkgr');
  expect(required).toHaveProperty('default.name', 'PkgrPlugin');
  expect(Plugin).toHaveProperty('name', 'PkgrPlugin');
});
