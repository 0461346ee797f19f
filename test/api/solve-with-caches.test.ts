import { expect, test } from 'vitest';
import { cachesOf, ignoredCaches } from '../../src/api/solve-with-caches.js';

test("GitHub's cache is told of where buildx would pass over it without a word", () => {
  const caches = cachesOf({ cacheFrom: ['type=gha'], cacheTo: ['type=gha,mode=max'] });
  expect(ignoredCaches(caches, {})).toMatchObject([
    {
      code: 'cache-not-written',
      severity: 'warning',
      message: expect.stringMatching(/type=gha .* no ACTIONS_RUNTIME_TOKEN$/),
    },
  ]);
  const reading = cachesOf({ cacheFrom: ['type=gha'] });
  expect(ignoredCaches(reading, {})).toMatchObject([{ code: 'cache-not-read' }]);
  expect(ignoredCaches(caches, { ACTIONS_RUNTIME_TOKEN: 'x' })).toEqual([]);
  const given = cachesOf({ cacheTo: ['type=gha,token=x', 'type=registry,ref=x'] });
  expect(ignoredCaches(given, {})).toEqual([]);
});

test('every value that is no cache is told of at once, without its secrets', () => {
  const wrong = () => cachesOf({ cacheFrom: [''], cacheTo: ['type=s3,x', 'token=abc'] });
  expect(wrong).toThrow(
    '--cache-from "": it is empty\n--cache-to "type=s3,x": "x" is not written KEY=VALUE\n--cache-to "token=***": it has no type',
  );
});
