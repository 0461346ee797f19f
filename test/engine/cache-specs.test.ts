import { describe, expect, test } from 'vitest';
import { cacheSpecProblem, unreadCaches, withoutSecrets } from '../../src/engine/cache-specs.js';
import { recorded, replay } from './recorded.js';

describe('a value of --cache-from or --cache-to', () => {
  test.each([
    'registry.example.com/cache:pkgr',
    'type=gha,mode=max',
    'type=registry,ref=localhost:5000/cache',
    'mode=max,type=local,"dest=a, b"',
  ])('%s is one', (spec) => {
    expect(cacheSpecProblem(spec)).toBeUndefined();
  });

  test.each([
    ['', 'it is empty'],
    [',', 'it is empty'],
    ['ref=localhost:5000/cache', 'it has no type'],
    ['type=', 'it has no type'],
    ['type=local,"src=a, b",c', '"c" is not written KEY=VALUE'],
  ])('%j is none', (spec, problem) => {
    expect(cacheSpecProblem(spec)).toBe(problem);
  });

  test('is told without what is secret in it, wherever that stands', () => {
    const specs = [
      'type=s3,bucket=b,access_key_id=AKIA1,"secret_access_key=pass,word",session_token=AKIA12',
      'type=registry,ref=https://me:hunter2@registry.example.com/cache',
    ];
    const told = withoutSecrets(`AKIA12 AKIA1 ${specs[0]} hunter2 pass,word b`, specs);
    expect(told).toBe(
      '*** *** type=s3,bucket=b,access_key_id=***,"secret_access_key=***",session_token=*** *** *** b',
    );
  });
});

test('a cache that the engine or the docker command could not read is told of', () => {
  const { progress } = replay(recorded('cache-unread-run-failing'));
  const text = 'WARNING: local cache import at /c not found due to err: no such file\nother\n';
  expect(unreadCaches(progress, text)).toEqual([
    expect.stringMatching(/^127\.0\.0\.1:1\/x: failed to .*: connect: /),
    '/c: no such file',
  ]);
});
