import { describe, expect, it } from 'vitest';
import { files, projectOf } from './sample-project.js';

async function verifyOf(...lines: readonly string[]) {
  const { units } = await projectOf(lines.join('\n'), files);
  return Object.fromEntries(units.map(({ name, verify }) => [name, verify]));
}

describe('how a unit is verified', () => {
  it('is by its imports, where nothing is said', async () => {
    expect(await verifyOf('functions: {a: {runtime: python3.13, include: a/}}')).toEqual({
      a: { mode: 'imports', environment: {} },
    });
  });

  it('is said by global, and by a unit for itself; variables are joined', async () => {
    const verify = await verifyOf(
      'global: {runtime: python3.13, include: a/, verify: {env: {A: global, B: global}}}',
      'functions:',
      '  silent: {}',
      '  off: {verify: off}',
      '  own: {verify: {env: {B: own, C: own}}}',
      '  again: {verify: imports}',
      'layers: {shared: {include: a/}}',
    );
    const environment = { A: 'global', B: 'global' };
    expect(verify).toEqual({
      silent: { mode: 'imports', environment },
      off: { mode: 'off', environment },
      own: { mode: 'imports', environment: { A: 'global', B: 'own', C: 'own' } },
      again: { mode: 'imports', environment },
      shared: { mode: 'imports', environment },
    });
  });

  it('can be turned on for one unit where global has turned it off', async () => {
    const verify = await verifyOf(
      'global: {runtime: python3.13, include: a/, verify: off}',
      'functions: {silent: {}, on: {verify: {env: {A: b}}}}',
    );
    expect(verify.silent?.mode).toBe('off');
    expect(verify.on).toEqual({ mode: 'imports', environment: { A: 'b' } });
  });

  it('is in an image of its own, or that of global', async () => {
    const { units } = await projectOf(
      [
        'global: {runtime: python3.13, include: a/, verifyImage: "clean:1"}',
        'functions: {a: {}, b: {verifyImage: "clean:2"}}',
      ].join('\n'),
      files,
    );
    expect(units.map(({ verifyImage }) => verifyImage?.value)).toEqual(['clean:1', 'clean:2']);
  });
});
