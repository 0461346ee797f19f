import { describe, expect, it } from 'vitest';
import { loadProject } from '../../src/project/index.js';
import { type Sample, sampleProject, today } from './sample-project.js';

const count = 1000;

function manyUnits(): string {
  const files: Record<string, Sample> = { 'common/c.py': '', 'base.txt': 'requests\n' };
  const lines = [
    'x-shared: &shared',
    '  packages: [gcc, make]',
    '  exclude: ["**/tests"]',
    'global: {runtime: python3.13, requirements: base.txt, include: common/}',
    'functions:',
  ];
  for (let index = 0; index < count; index += 1) {
    const folder = `functions/f${index}`;
    files[`${folder}/app.py`] = '';
    files[`${folder}/requirements.txt`] = 'boto3\n';
    lines.push(
      `  f${index}:`,
      '    <<: *shared',
      `    include: ${folder}/`,
      `    requirements: ${folder}/requirements.txt`,
    );
  }
  return sampleProject({ ...files, 'pkgr.yml': lines.join('\n') });
}

describe('a project of 1,000 functions', () => {
  it('is read whole', async () => {
    const { project, diagnostics } = await loadProject({ cwd: manyUnits(), today });
    expect(diagnostics).toEqual([]);
    expect(project?.units).toHaveLength(count);
  }, 30_000);

  it('is told everything that is wrong with it, too', async () => {
    const units = Array.from({ length: count }, (_, index) => `  f${index}: {includ: a${index}}`);
    const text = `global: {runtime: python3.13}\nfunctions:\n${units.join('\n')}`;
    const cwd = sampleProject({ 'pkgr.yml': text });
    const { diagnostics } = await loadProject({ cwd, today });
    expect(diagnostics).toHaveLength(count);
    expect(diagnostics.at(-1)?.at).toEqual({ file: 'pkgr.yml', line: 1002, column: 10 });
  }, 30_000);
});
