import { describe, expect, test } from 'vitest';
import { overBuilders, type Work } from '../../src/api/over-builders.js';
import type { SolveSetting } from '../../src/api/solve-units.js';
import { type Diagnostic, PkgrError } from '../../src/diagnostics/index.js';
import { planProject } from '../../src/plan/index.js';
import { projectOf, unitOf } from '../plan/sample.js';

const project = projectOf(['f1', 'f2', 'f3', 'f4', 'f5', 'f6'].map((name) => unitOf(name)));
const plan = planProject(project);
const all = plan.units.map(({ name }) => name);

function failure(code: Diagnostic['code'], exitCode: 1 | 75 | 130): PkgrError {
  return new PkgrError([{ code, severity: 'error', message: `no ${code}` }], exitCode);
}

const dead = () => failure('engine-unreachable', 75);

/** Does work on all units with these builders. */
async function over(names: readonly string[], work: Work<unknown>) {
  const notices: Diagnostic[] = [];
  const setting: SolveSetting = {
    plan,
    project,
    alone: new Set(),
    programs: { folder: '/programs', context: 'pkgr' },
    namedContexts: {},
    secrets: [],
    secretValues: new Map(),
    builders: names.map((name) => ({ name, isContext: false })),
    caches: { from: [], to: [] },
    onNotices: (told) => notices.push(...told),
  };
  const { parts, failed } = await overBuilders(setting, plan.units, [], work);
  return { parts, failed, notices };
}

const namesOf: Work<string[]> = async (_, units) => units.map(({ name }) => name);

describe('work that several builders share', () => {
  test('is done by each of them, and by the one alone that is there', async () => {
    const { parts, failed, notices } = await over(['a', 'b'], namesOf);
    expect(parts).toHaveLength(2);
    expect(parts.flat().sort()).toEqual(all);
    expect({ failed, notices }).toEqual({ failed: [], notices: [] });
    expect((await over(['a'], namesOf)).parts).toEqual([all]);
    expect((await over([], namesOf)).parts).toEqual([all]);
  });

  test('is taken over from those that are lost, while the others are at it', async () => {
    const { parts, failed, notices } = await over(['a', 'b', 'c'], async (setting, units, more) => {
      if (setting.builder?.name !== 'b') throw dead();
      return namesOf(setting, units, more);
    });
    expect(parts.flat().sort()).toEqual(all);
    expect(failed).toEqual([]);
    expect(notices.map(({ message }) => message).sort()).toEqual([
      expect.stringMatching(/^the builder a is lost, and b(?:, c)? takes its share: /),
      expect.stringMatching(/^the builder c is lost, /),
    ]);
  });

  test('fails with the code for trying again when all of them are lost', async () => {
    const error = await over(['a', 'b'], async () => {
      throw dead();
    }).catch((error: unknown) => error);
    expect(error).toMatchObject({
      exitCode: 75,
      diagnostics: [
        { code: 'engine-unreachable', message: expect.stringMatching(/^builder [ab]: /) },
      ],
    });
  });

  test('fails for a share alone whose builder has another trouble, which the next one need not have', async () => {
    const { parts, failed } = await over(['a', 'b'], async (setting, units, more) => {
      if (setting.builder?.name === 'a') throw failure('disk-full', 1);
      return namesOf(setting, units, more);
    });
    const names = failed.map(({ unit }) => unit.name);
    expect([...parts.flat(), ...names].sort()).toEqual(all);
    expect(failed[0]).toMatchObject({
      exitCode: 1,
      diagnostic: { message: 'builder a: no disk-full' },
    });
  });

  test('ends on all of them when one is interrupted or shows a defect', async () => {
    for (const error of [failure('interrupted', 130), new Error('a defect')]) {
      let stopped = false;
      const ending = over(['a', 'b'], async ({ builder, signal }) => {
        if (builder?.name === 'a') throw error;
        await new Promise((resolve) => signal?.addEventListener('abort', resolve));
        stopped = true;
        throw failure('interrupted', 130);
      });
      await expect(ending).rejects.toBe(error);
      expect(stopped).toBe(true);
    }
  });
});
