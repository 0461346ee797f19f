import { expect, test } from 'vitest';
import { type Diagnostic, pkgrWords, tellingOfKeys } from '../../src/diagnostics/index.js';

const missing: Diagnostic = {
  code: 'missing-library',
  severity: 'warning',
  message: 'function "db" needs libpq.so.5, which neither the zip nor Lambda has',
  hint: 'write libs: auto',
};
const service = { ...pkgrWords, place: 'custom.soclessPackager', takesPkgrKeys: false };

test('a hint whose key the manifest does not take tells where it is taken', () => {
  expect(tellingOfKeys(missing, service).hint).toBe(
    'write libs: auto (custom.soclessPackager has no such key, but pkgr.yml has: `pkgr init` writes one)',
  );
});

test('a hint is told as it is where the manifest takes its keys, or when it has none', () => {
  expect(tellingOfKeys(missing)).toEqual(missing);
  const other = { ...missing, hint: 'rename the function' };
  expect(tellingOfKeys(other, service)).toEqual(other);
});
