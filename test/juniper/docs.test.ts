import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { pruneChoices } from '../../src/manifest/pkgr/values.js';
import { loadProject } from '../../src/project/index.js';
import { prunePatterns } from '../../src/project/prune.js';
import { sampleProject } from '../project/sample-project.js';

const page = (name: string) => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

describe('the page for who comes from juniper', () => {
  const text = page('migrating-from-juniper.md');
  const example = (name: string) =>
    new RegExp(`\`\`\`yaml\\n# ${name}\\n(.*?)\`\`\``, 's').exec(text)?.[1] ?? '';

  test('has a manifest and a pkgr.yml that pack the same', async () => {
    const load = async (name: string) => {
      const cwd = sampleProject({
        'requirements/base.txt': 'six',
        'lambda_function.py': '',
        'commonlib/a.py': '',
        [name]: example(name),
      });
      const { project, diagnostics } = await loadProject({ cwd, today: new Date('2026-01-01') });
      expect(diagnostics).toEqual([]);
      return project?.units.map(({ name: unit, kind, runtime, requirements, include, zip }) => ({
        ...{ unit, kind, runtime, zip },
        requirements: requirements.inputs,
        include: include.map(({ at: _, ...rest }) => rest),
      }));
    };
    const manifest = await load('manifest.yml');
    expect(manifest).toHaveLength(2);
    expect(await load('pkgr.yml')).toEqual(manifest);
  });
});

describe('the page about prune', () => {
  const text = page('reference/prune.md');

  test('says what each choice leaves out, how much that is, and what a start has of it', () => {
    for (const choice of [...pruneChoices, 'juniper'] as const) {
      expect(text.match(new RegExp(`^\\| \`${choice}\` \\|`, 'gm')), choice).toHaveLength(3);
    }
  });

  test('names the patterns that are used', () => {
    for (const choice of [...pruneChoices, 'juniper'] as const) {
      const row = new RegExp(`^\\| \`${choice}\` \\|.*$`, 'm').exec(text)?.[0] ?? '';
      for (const pattern of prunePatterns([choice])) {
        const name = pattern.replace(/^!?\*\*\/|\/\*\*$/g, '').replace('[co]', 'c');
        expect(row, pattern).toContain(name.replace(/\/\*\*$/, ''));
      }
    }
  });
});
