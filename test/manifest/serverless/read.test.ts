import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../../src/diagnostics/index.js';
import { readServerlessService } from '../../../src/manifest/serverless/index.js';

const at = { file: 'serverless.yml', line: 1, column: 1 };
const place = { file: 'serverless.yml', locate: () => at, locateKey: () => at };

describe('a variable that cannot be resolved', () => {
  const variable = { text: '${ssm:/a}', why: 'it is known in AWS only', at, hint: 'write a value' };
  const reading = (unknown: string) =>
    readServerlessService({
      ...place,
      value: {
        service: 'slack',
        custom: { soclessPackager: { buildDir: '_build' } },
        functions: {
          hello: { name: '${ssm:/a}', environment: { A: '${ssm:/a}' }, handler: 'a.b' },
        },
      },
      unresolved: (path) => (path.join('.') === unknown ? [variable] : []),
    });

  it('is an error where it decides what is packaged', () => {
    expect(formatDiagnostics(reading('functions.hello.name').diagnostics).split('\n')).toEqual([
      'serverless.yml:1:1: error: ${ssm:/a} cannot be resolved: it is known in AWS only; functions.hello.name decides what is packaged [unresolved-variable]',
      '  hint: write a value',
    ]);
  });

  it('is nothing elsewhere', () => {
    expect(reading('functions.hello.environment.A').diagnostics).toEqual([]);
  });
});
