import { describe, expect, test } from 'vitest';
import { unitsToBuild } from '../../src/api/units-to-build.js';
import { PkgrError } from '../../src/diagnostics/index.js';
import { planProject } from '../../src/plan/index.js';
import { projectOf, unitOf } from '../plan/sample.js';

const plan = planProject(
  projectOf([
    unitOf('Report-daily'),
    unitOf('report-weekly'),
    unitOf('mailer'),
    unitOf('report-layer', { kind: 'layer' }),
    unitOf('base', { kind: 'layer' }),
  ]),
);
const built = (names: readonly string[], part?: string) =>
  unitsToBuild(plan, names, part).map(({ name }) => name);

function refused(...request: Parameters<typeof built>) {
  try {
    built(...request);
  } catch (error) {
    if (error instanceof PkgrError) return error.diagnostics;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what a build is asked for', () => {
  test('is all units, or those that are named', () => {
    expect(built([])).toHaveLength(5);
    expect(built(['mailer'])).toEqual(['mailer']);
  });

  test('with part of a name is every function that has it, whatever the case, and every layer', () => {
    expect(built([], 'report')).toEqual(['Report-daily', 'report-weekly', 'report-layer', 'base']);
    expect(built([], 'WEEK')).toEqual(['report-weekly', 'report-layer', 'base']);
  });

  test('can be both', () => {
    expect(built(['mailer'], 'weekly')).toEqual([
      'report-weekly',
      'mailer',
      'report-layer',
      'base',
    ]);
  });

  test('is refused when no function has the part, with the one that was probably meant', () => {
    expect(refused([], 'mailre')).toMatchObject([
      {
        code: 'unknown-unit',
        message: 'no function of pkgr.yml has "mailre" in its name',
        hint: 'did you mean mailer?',
      },
    ]);
    expect(refused([], 'base')).toMatchObject([
      { hint: 'its functions are Report-daily, report-weekly, mailer' },
    ]);
  });
});
