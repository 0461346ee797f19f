import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BuildPlan, packedAlone, planProject } from '../../src/plan/index.js';
import type { Unit } from '../../src/project/index.js';
import { at, linesOf, projectOf, unitOf } from './sample.js';

const small = { hasSmallCode: true };
const named = (count: number, own: Partial<Unit> = {}, prefix = 'f') =>
  Array.from({ length: count }, (_, index) => unitOf(`${prefix}${index}`, { ...small, ...own }));
const planOf = (units: readonly Unit[]): BuildPlan => planProject(projectOf(units));
const sizes = ({ zipBatches }: BuildPlan) => zipBatches.map(({ units }) => units.length);
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
/** Members of each batch as one word, to be compared. */
const groups = (plan: BuildPlan) => plan.zipBatches.map(({ units }) => units.join(' '));

describe('zips that one step makes', () => {
  test('are those of eight small units and more', () => {
    expect(planOf(named(7)).zipBatches).toEqual([]);
    const plan = planOf(named(8));
    expect(plan.zipBatches).toEqual([
      { id: 'zips-1', base: 'python3.11-amd64', units: named(8).map(({ name }) => name) },
    ]);
    expect(plan.units.map(({ zipBatch }) => zipBatch)).toEqual(Array(8).fill('zips-1'));
  });

  test('are not those of units with much code, with libraries, with many patterns or a zip that is quoted', () => {
    const others = [
      ...named(10, { hasSmallCode: false }, 'large'),
      ...named(10, { libs: [{ value: '/usr/lib/libx.so', at }] }, 'libs'),
      ...named(10, { excludeInZip: ['x'.repeat(2000)] }, 'patterns'),
      ...named(10, {}, 'blank').map((unit) => ({ ...unit, zip: `dist/a b/${unit.name}.zip` })),
    ];
    expect(planOf([...others, ...named(8)]).zipBatches.map(({ units }) => units)).toEqual([
      named(8).map(({ name }) => name),
    ]);
  });

  test('have base and packages in common, and are fewer where there are packages', () => {
    const plan = planOf([
      ...named(40),
      ...named(40, { requirements: linesOf('six') }, 'six'),
      ...named(40, { requirements: linesOf('one') }, 'one'),
      ...named(40, { runtime: 'python3.12' }, 'other'),
    ]);
    const unit = new Map(plan.units.map((each) => [each.name, each]));
    for (const { id, base, units } of plan.zipBatches) {
      expect(new Set(units.map((name) => unit.get(name)?.packageZip)).size).toBe(1);
      expect(new Set(units.map((name) => unit.get(name)?.base))).toEqual(new Set([base]));
      for (const name of units) expect(unit.get(name)?.zipBatch).toBe(id);
      expect(units.length).toBeGreaterThan(1);
      // Which of the 16 steps a name comes to is as good as chance.
      expect(units.length).toBeLessThanOrEqual(
        unit.get(units[0] ?? '')?.packageZip === undefined ? 32 : 10,
      );
    }
  });

  test('of a thousand units are made in few steps, none of which has too many', () => {
    for (const own of [{}, { requirements: linesOf('six') }]) {
      const plan = planOf(named(1000, own));
      expect(sum(sizes(plan))).toBe(1000);
      expect(plan.zipBatches.length).toBeLessThanOrEqual(66);
      expect(Math.max(...sizes(plan))).toBeLessThanOrEqual(48);
    }
  });

  test('are the same ones when units come in another order, and nearly when one comes or goes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 40, max: 60 }), fc.nat(), (count, gone) => {
        const units = named(count);
        const before = new Set(groups(planOf(units)));
        const turned = planOf(units.toReversed()).zipBatches.map(({ units }) =>
          units.toReversed().join(' '),
        );
        expect(new Set(turned)).toEqual(before);
        const fewer = planOf(units.filter((_, index) => index !== gone % count));
        expect(groups(fewer).filter((group) => !before.has(group)).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('can be made one by one', () => {
    const plan = planOf(named(8));
    const without = packedAlone(plan, new Set(['f2', 'f5']));
    expect(without.zipBatches.map(({ units }) => units)).toEqual([
      ['f0', 'f1', 'f3', 'f4', 'f6', 'f7'],
    ]);
    expect(without.units.filter(({ zipBatch }) => zipBatch === undefined)).toHaveLength(2);
    const all = packedAlone(plan, new Set(plan.units.map(({ name }) => name)));
    expect(all).toEqual({ ...planOf(named(8, { hasSmallCode: false })) });
    expect(packedAlone(plan, new Set())).toBe(plan);
  });
});
