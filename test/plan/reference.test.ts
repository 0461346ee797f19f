import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { planProject } from '../../src/plan/index.js';
import { harmless, planOf } from '../dockerfile/plan-of.js';
import { at, linesOf, projectOf, unitOf } from './sample.js';

test('the reference names every field of a plan', async () => {
  const text = await readFile(new URL('../../docs/reference/plan.md', import.meta.url), 'utf8');
  const handler = { value: 'app.handler', at };
  const plans = [
    planProject(projectOf([unitOf('a', { handler, requirements: linesOf('six') })])),
    planOf(harmless),
  ];
  const fields = [...new Set(plans.flatMap(fieldsOf))];
  expect(fields.length).toBeGreaterThan(40);
  expect(fields.filter((field) => !new RegExp(`\\b${field}\\b`).test(text))).toEqual([]);
});

/** Keys at any depth, apart from those of a place and the names of variables and managers. */
function fieldsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    ['environment', 'byManager'].includes(key) ? [key] : [key, ...fieldsOf(inner)],
  );
}
