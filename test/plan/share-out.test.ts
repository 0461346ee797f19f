import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planProject, shareOut } from '../../src/plan/index.js';
import { linesOf, projectOf, unitOf } from './sample.js';

/** A plan of units, each with the requirement of that number; undefined for none. */
function planOf(requirements: readonly (number | undefined)[]) {
  return planProject(
    projectOf(
      requirements.map((number, index) =>
        unitOf(
          `f${index}`,
          number === undefined ? {} : { requirements: linesOf(`package-${number}`) },
        ),
      ),
    ),
  );
}

const plans = fc
  .array(fc.option(fc.nat(8), { nil: undefined }), { minLength: 1, maxLength: 40 })
  .map(planOf);
const builders = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });

/** Names of units by builder. */
const namesOf = (shares: ReturnType<typeof shareOut>) =>
  [...shares].map(([builder, units]) => [builder, units.map(({ name }) => name)] as const);

describe('units that are split over builders', () => {
  test('go to one each, and those of a dependency set to the same', () => {
    fc.assert(
      fc.property(plans, builders, (plan, names) => {
        const shares = shareOut(plan, plan.units, names);
        const all = [...shares.values()].flat();
        expect(all.map(({ name }) => name).sort()).toEqual(
          plan.units.map(({ name }) => name).sort(),
        );
        for (const builder of shares.keys()) expect(names).toContain(builder);
        const sets = [...shares.values()].map(
          (units) => new Set(units.flatMap(({ dependencies }) => dependencies ?? [])),
        );
        const count = sets.reduce((sum, { size }) => sum + size, 0);
        expect(count).toBe(plan.dependencySets.length);
      }),
    );
  });

  test('meet the same builder again, whichever of them are asked for and in whatever order the builders are named', () => {
    fc.assert(
      fc.property(plans, builders, fc.nat(), (plan, names, start) => {
        const whole = new Map(
          namesOf(shareOut(plan, plan.units, names)).flatMap(([builder, units]) =>
            units.map((unit) => [unit, builder]),
          ),
        );
        const some = plan.units.slice(start % plan.units.length);
        const turned = [...names.slice(1), ...names.slice(0, 1)];
        for (const [builder, units] of namesOf(shareOut(plan, some, turned))) {
          for (const unit of units) expect(whole.get(unit)).toBe(builder);
        }
      }),
    );
  });

  test('go where those go whose zips the same step makes', () => {
    const names = Array.from({ length: 200 }, (_, index) => `f${index}`);
    const plan = planProject(projectOf(names.map((name) => unitOf(name, { hasSmallCode: true }))));
    const shares = namesOf(shareOut(plan, plan.units, ['a', 'b']));
    expect(shares).toHaveLength(2);
    for (const { units } of plan.zipBatches) {
      const holders = shares.filter(([, share]) => units.some((unit) => share.includes(unit)));
      expect(holders).toHaveLength(1);
    }
  });

  test('leave no builder idle where each can have a set', () => {
    const plan = planOf([1, 2, 3, 1, 2, 3]);
    expect(shareOut(plan, plan.units, ['a', 'b', 'c']).size).toBe(3);
  });

  test('meet the same builder when their requirements change', () => {
    const before = planOf([1, 2, 3, 4, 5, 6]);
    const after = planOf([1, 7, 3, 4, 5, 6]);
    const names = ['a', 'b'];
    expect(namesOf(shareOut(after, after.units, names))).toEqual(
      namesOf(shareOut(before, before.units, names)),
    );
  });
});
