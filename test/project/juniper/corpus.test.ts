import { describe, expect, it } from 'vitest';
import { planProject } from '../../../src/plan/index.js';
import { corpus } from './corpus.js';
import { projectOf, summary } from './juniper-project.js';

describe.each(Object.entries(corpus))('%s', (_, { manifest, files, expected }) => {
  it('is read, resolved and planned as juniper builds it', async () => {
    const project = await projectOf(manifest, files);
    expect(summary(project)).toBe(expected);
    expect(planProject(project).units.map(({ name }) => name)).toEqual(
      project.units.map(({ name }) => name),
    );
  });
});
