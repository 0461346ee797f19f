import { describe, expect, test } from 'vitest';
import { ignoreRules } from '../../src/plan/ignore.js';
import { planProject } from '../../src/plan/index.js';
import type { Project, Unit } from '../../src/project/index.js';
import { contents, file, projectOf, requirementsOf, unitOf } from './sample.js';

const defaults = ['.pkgr', '**/.git', '**/__pycache__', '**/*.pyc'];

describe('the .dockerignore', () => {
  test('has the defaults, then the user’s own lines, then global excludes, then the output', () => {
    const project = projectOf([unitOf('a', { exclude: ['**/tests', '*.md'] })], {
      dockerignore: ['!**/*.pyc', 'docs'],
      exclude: ['**/tests'],
      output: 'out',
    });
    expect(ignoreRules(project).lines).toEqual([
      ...defaults,
      '!**/*.pyc',
      'docs',
      '**/tests',
      'out',
    ]);
  });

  test('names the output folder and what pip reads literally', () => {
    const requirements = requirementsOf(['#1/[a]*.txt', '!dist.txt']);
    const project = projectOf([unitOf('a', { requirements })], {
      output: '#out [1]',
      dockerignore: ['*'],
    });
    expect(ignoreRules(project).lines.slice(-4)).toEqual([
      '*',
      '\\#out \\[1\\]',
      '!\\!dist.txt',
      '!\\#1/\\[a\\]\\*.txt',
    ]);
  });

  test('has every pip.conf, which nothing takes back in', () => {
    const at = { file: 'pkgr.yml', line: 2, column: 3 };
    const units = ['pip.conf', 'team/[pip].conf', 'pip.conf'].map((value, index) =>
      unitOf(`unit${index}`, { pipconf: { value, at } }),
    );
    const rules = ignoreRules(projectOf(units, { dockerignore: ['!pip.conf'] }));
    expect(rules.lines.slice(-4)).toEqual(['!pip.conf', 'dist', 'pip.conf', 'team/\\[pip\\].conf']);
    expect(rules.ignores({ kind: 'file', from: 'pip.conf' })).toBe(true);
  });

  test('does not make a comment of a pattern for a name with # in front', () => {
    const project = projectOf([unitOf('a')], { dockerignore: ['#notes'], exclude: ['#more'] });
    expect(ignoreRules(project).lines).toEqual([...defaults, '\\#notes', '\\#more', 'dist']);
  });

  test('makes an exception among global excludes hold for all below a folder', () => {
    const exclude = ['**/*.md', '!docs'];
    const { lines, ignores } = ignoreRules(projectOf([unitOf('a', { exclude })], { exclude }));
    expect(lines).toContain('!docs/**');
    expect(ignores(file('docs/deep/a.md'))).toBe(false);
    expect(ignores(file('other/a.md'))).toBe(true);
  });
});

describe('what one unit leaves out', () => {
  const exclude = ['**/tests'];
  const excludesOf = (own: Partial<Unit>, project: Partial<Project> = {}) => {
    const plan = planProject(
      projectOf(
        [unitOf('a', { include: [contents('src')], ...own }), unitOf('other', { exclude })],
        {
          exclude,
          ...project,
        },
      ),
    );
    return { ignore: plan.ignore, exclude: plan.units[0]?.code[0]?.exclude };
  };

  test('is taken out when it is packed, and the global excludes by the engine', () => {
    const result = excludesOf({ exclude: [...exclude, 'src/*.md'] });
    expect(result).toEqual({ ignore: [...defaults, '**/tests', 'dist'], exclude: ['*.md'] });
  });

  test('includes the global excludes for all units as soon as one takes something back', () => {
    const result = excludesOf({ exclude: [...exclude, '!src/tests'] });
    expect(result).toEqual({ ignore: [...defaults, 'dist'], exclude: ['**/tests', '!tests'] });
    const untouched = planProject(
      projectOf([unitOf('a', { exclude: [...exclude, '!x'] }), unitOf('b', { exclude })], {
        exclude,
      }),
    );
    expect(untouched.units[1]?.code[0]?.exclude).toEqual(['**/tests']);
  });

  test('never is a generated file of pkgr, even where a unit takes everything back', () => {
    const result = excludesOf({ include: [contents('')], exclude: [...exclude, '!**'] });
    expect(result.exclude?.at(-1)).toBe('.pkgr');
  });
});

describe('what pip reads', () => {
  const requirements = requirementsOf(
    ['requirements/a.txt', 'kept.txt'],
    [{ kind: 'directory', path: 'vendor' }],
  );
  const project = (own: Partial<Project> = {}) =>
    projectOf([unitOf('a', { requirements, include: [contents('')] }), unitOf('b')], {
      dockerignore: ['requirements', 'vendor'],
      ...own,
    });

  test('is given to the engine although it is ignored, but kept out of every zip', () => {
    const plan = planProject(project());
    expect(plan.ignore).toEqual([
      ...defaults,
      'requirements',
      'vendor',
      'dist',
      '!requirements/a.txt',
      '!vendor',
    ]);
    expect(plan.units[0]?.code).toEqual([
      {
        copies: [{ kind: 'contents', from: '', to: '' }],
        exclude: ['requirements/a.txt', 'vendor', '.pkgr'],
      },
    ]);
    // What is not ignored is packed, like any other file.
    expect(JSON.stringify(plan)).not.toContain('!kept.txt');
  });

  test('stays in the zip as far as the user’s own lines take it back', () => {
    const dockerignore = ['vendor', '!vendor/public'];
    const plan = planProject(project({ dockerignore }));
    expect(plan.units[0]?.code[0]?.exclude).toEqual(['vendor', '!vendor/public', '.pkgr']);
  });
});

describe('an include', () => {
  const ignores = (dockerignore: readonly string[]) =>
    ignoreRules(projectOf([unitOf('a')], { dockerignore })).ignores;

  test('is ignored when a pattern matches it or a folder above it', () => {
    expect(ignores(['docs'])(file('docs/a.md'))).toBe(true);
    expect(ignores(['docs'])(contents('docs/deep'))).toBe(true);
    expect(ignores(['*.md'])(file('docs/a.md'))).toBe(false);
    expect(ignores([])(contents('dist/x'))).toBe(true);
  });

  test('of the whole project never is', () => {
    expect(ignores(['**'])(contents(''))).toBe(false);
  });

  test('is not when an exception lets something of the folder through', () => {
    expect(ignores(['*', '!src/app'])(contents('src'))).toBe(false);
    expect(ignores(['*', '!src/app'])(file('src/other.py'))).toBe(true);
    expect(ignores(['*', '!other'])(contents('src'))).toBe(true);
  });

  test('with signs of regular expressions in a pattern is judged like any other', () => {
    expect(ignores(['libstdc++', '(old)'])(file('libstdc++'))).toBe(true);
    expect(ignores(['libstdc++', '(old)'])(file('old'))).toBe(false);
  });
});
