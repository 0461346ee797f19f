import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip } from '../host/compare-zips.js';
import { localProject } from '../host/python-packages.js';
import { contexts, needsEngine } from './engine-environment.js';
import { fresh, newFolder, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr, run } from './run.js';

const MINUTES = 180_000;

/** Names that an include can have. */
const nameable = [
  ...['with space.py', 'two  spaces', "it's.py", "''", 'say "hi".py', '"', '"]', '["x"]'],
  ...['$HOME.py', '$' + '{PATH}.py', '$(id).py', '$$', '`id`.py', 'a;b&c|d.py', '>out', '{a,b}'],
  ...['-leading.py', '--exclude=x', '--', '-r', '#hash.py', '# x', 'EOF', '<<EOF', '\\x'.slice(1)],
  ...['[ab].py', '[[]', ']x[.py', '[!a]', 'a!b', 'x^y', '(paren)', '~tilde', '%41.py', 'a=b', '=x'],
  ...[
    'ä ö 漢字 🐍.py',
    'e\u0301.py',
    'é.py',
    '\u200bzero',
    'İ',
    ',comma',
    ':colon',
    'trailing.',
    '...',
  ],
  ...['x'.repeat(200), `${'ü'.repeat(100)}.py`],
];

/** Names that only the folder they are in can be included with. */
const unnameable = [
  ...['star*.py', 'what?.py', '!bang.py', '[x]^.py', 'back\\slash.py', '\\', 'a\\'],
  ...[' leading', 'trailing ', ' ', 'new\nline.py', '\nRUN false\n', 'tab\t.py', '\x1b[31mred'],
];

/** A place in the zip must not look like somebody's home. */
const placeable = nameable.filter((name) => !name.startsWith('~'));

const contentOf = (name: string) => `this is ${JSON.stringify(name)}\n`;
const contents = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, contentOf(name)]));

describe.runIf(hasEngine)(`hostile names${needsEngine}`, () => {
  test(
    'of files and folders come into the zip as they are, byte for byte',
    async () => {
      const project = newProject({});
      writeFiles(join(project, 'odd'), contents([...nameable, ...unnameable]));
      for (const name of nameable) writeFiles(join(project, 'odd folders', name), { inside: name });
      for (const name of unnameable) writeFiles(join(project, 'deep', name), { inside: name });
      const functions = {
        content: { include: 'odd/' },
        files: { include: nameable.map((name) => `odd/${name}`) },
        folders: { include: ['deep', ...nameable.map((name) => `odd folders/${name}`)] },
        placed: {
          include: placeable.map((name) => ({ from: `odd/${name}`, to: `${name}/${name}` })),
        },
      };
      writeFiles(project, { 'pkgr.yml': dump({ global: { runtime: 'python3.11' }, functions }) });
      await build(project);

      const all = [...nameable, ...unnameable];
      expect(await filesOf(project, 'content')).toEqual(contents(all));
      expect(await filesOf(project, 'files')).toEqual(contents(nameable));
      const inside = [
        ...nameable.map((name) => [`${name}/inside`, name]),
        ...unnameable.map((name) => [`deep/${name}/inside`, name]),
      ];
      expect(await filesOf(project, 'folders')).toEqual(Object.fromEntries(inside));
      const placed = placeable.map((name) => [`${name}/${name}`, contentOf(name)]);
      expect(await filesOf(project, 'placed')).toEqual(Object.fromEntries(placed));
    },
    MINUTES,
  );

  test(
    'of the project, the output, a requirements file, a secret and a patch of patterns work',
    async () => {
      const name = `a "b" 'c', d=e $(f) [g] #h ü`;
      const project = join(newFolder(), `the ${name}`);
      writeFiles(project, {
        'pkgr.yml': dump({
          output: `out ${name}`,
          global: { runtime: 'python3.11', pipconf: `pip ${name}.conf` },
          functions: {
            f: {
              include: [`code ${name}/`],
              exclude: [`code ${name.replace('[', '\\[')}/drop [[]x].py`],
              requirements: [`req ${name}.txt`, './lib [1] $x'],
              buildEnvironment: { MARK: `${name} \\ $HOME "` },
            },
          },
        }),
        [`pip ${name}.conf`]: '[global]\nno-index = true\n',
        [`req ${name}.txt`]: `# ${fresh()}\n./lib $x (2) y\n`,
        [`code ${name}/app.py`]: 'APP = 1\n',
        [`code ${name}/drop [x].py`]: 'DROP = 1\n',
        ...localProject('lib [1] $x', 'first'),
        ...localProject('lib $x (2) y', 'second'),
      });
      await build(project);
      const built = Object.keys(await filesOf(project, 'f', `out ${name}`));
      expect(built.filter((path) => !path.includes('dist-info'))).toEqual([
        'app.py',
        'first.py',
        'second.py',
      ]);

      // The command that pkgr gen prints can be given to a shell as it is.
      const zip = readFileSync(join(project, `out ${name}`, 'f.zip'));
      const { code, stderr } = await pkgr(project, ['gen']);
      expect(code).toBe(0);
      const command = /^ {2}(docker buildx build .*) \.$/m.exec(stderr)?.[1];
      const options = contexts.map((context) => `--build-context '${context}'`).join(' ');
      await run('sh', ['-c', `rm -r out*; ${command} ${options} .`], project);
      expect(readdirSync(join(project, `out ${name}`))).toEqual(['f.zip']);
      expect(readFileSync(join(project, `out ${name}`, 'f.zip')).equals(zip)).toBe(true);
    },
    MINUTES,
  );

  test(
    'of units that mean something to Docker or to pkgr itself give zips of these names',
    async () => {
      const names = [
        ...['all', 'scratch', 'context', 'programs', 'digests', 'changed', 'pkgr', 'Dockerfile'],
        ...[
          'a',
          'a-zip',
          'a-code',
          'deps-1',
          'packages-1',
          'libs-1',
          'python3.11-amd64',
          '1',
          '1.0',
        ],
        ...['A.B_c-d', 'artifacts', 'from', 'x'.repeat(128)],
      ];
      const functions = Object.fromEntries(
        names.map((name) => [name, { include: [`code/${name}`] }]),
      );
      const project = newProject({
        'pkgr.yml': dump({ global: { runtime: 'python3.11' }, functions }),
      });
      writeFiles(join(project, 'code'), contents(names));
      await build(project);
      expect(Object.keys(zipHashes(project)).sort()).toEqual([...names].sort());
      for (const name of names) {
        expect(await filesOf(project, name)).toEqual({ [name]: contentOf(name) });
      }
    },
    MINUTES,
  );
});

describe('what no Dockerfile can name is refused with its place and what to do', () => {
  test('paths, by every command, and nothing is written', async () => {
    const project = newProject({
      'pkgr.yml': dump({ functions: { f: { runtime: 'python3.11', include: unnameable } } }),
      ...contents(unnameable),
    });
    for (const command of ['build', 'gen', 'plan']) {
      const { code, stdout, stderr } = await pkgr(project, [command]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const problem = /^pkgr\.yml:\d+:\d+: error: .* \[unnameable-path\]\n {2}hint: .+$/gm;
      expect(stderr.match(problem)?.join('\n')).toBe(stderr);
      expect(stderr.match(problem)).toHaveLength(unnameable.length);
    }
    expect(readdirSync(project).sort()).toEqual([...unnameable, 'pkgr.yml'].sort());
  });

  test('names of units', async () => {
    const names = ['../up', '-x', 'a b', 'a/b', 'a$b', 'ä', '', 'a\nRUN b', 'con', '.', 'a.'];
    names.push('x'.repeat(129), '[a]', '"a"');
    const functions = Object.fromEntries(names.map((name) => [name, { include: 'app.py' }]));
    const project = newProject({
      'app.py': '',
      'pkgr.yml': dump({ global: { runtime: 'python3.11' }, functions }),
    });
    const { code, stderr } = await pkgr(project, ['build']);
    expect(code).toBe(2);
    const problem = /^pkgr\.yml:\d+:\d+: error: .* \[invalid-name\]\n {2}hint: .+$/gm;
    expect(stderr.match(problem)).toHaveLength(names.length);
    expect(readdirSync(project).sort()).toEqual(['app.py', 'pkgr.yml']);
  });
});

/** What the files of a unit's zip hold, by their paths. */
async function filesOf(project: string, unit: string, output = 'dist') {
  const entries = await readZip(readFileSync(join(project, output, `${unit}.zip`)));
  return Object.fromEntries(
    entries
      .filter(({ name, mode }) => mode === '100644' && !name.includes('__pycache__/'))
      .map(({ name, content }) => [name, content.toString('utf8')]),
  );
}
