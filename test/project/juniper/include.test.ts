import { describe, expect, it } from 'vitest';
import { planProject } from '../../../src/plan/index.js';
import { includesOf, projectOf, told, unitOf } from './juniper-project.js';

const include = async (list: string, kind: 'function' | 'layer' = 'function') =>
  includesOf(await unitOf(`{requirements: requirements.txt, include: ${list}}`, kind));

describe("an include of juniper's", () => {
  it('is a folder or a file under its own name, whether or not a slash ends it', async () => {
    const expected = ['src/app -> /app', 'src/tool.py -> /tool.py'];
    expect(await include('[./src/app, ./src/tool.py]')).toEqual(expected);
    expect(await include('[./src/app/, ./src/tool.py/]')).toEqual(expected);
    expect(await include('[src/app//, src/./tool.py]')).toEqual(expected);
  });

  it('needs no slash in it, and may be the only one', async () => {
    expect(await include('[src]')).toEqual(['src -> /src']);
    expect(await include('src')).toEqual(['src -> /src']);
  });

  it('is below python/ in a layer', async () => {
    expect(await include('[./src/app/]', 'layer')).toEqual(['src/app -> /python/app']);
    expect(await include('[./]', 'layer')).toEqual(['/ -> /python']);
  });

  it('of ./ is the whole project', async () => {
    for (const whole of ['./', '.', './/', 'src/..']) {
      expect(await include(`[${JSON.stringify(whole)}]`), whole).toEqual(['/ -> /']);
    }
  });

  it('that is no path in the project is refused at its place, with what was probably meant', async () => {
    expect(
      await told(
        'functions:\n  a:\n    include:\n      - ./src/comon\n      - ../shared\n      - /opt/x\n',
      ),
    ).toEqual([
      'manifest.yml:4:9: error: src/comon does not exist [missing-file]',
      '  hint: did you mean src/common?',
      'manifest.yml:5:9: error: ../shared leads out of the project folder [outside-project]',
      '  hint: only what is in the project folder can be used: copy it there, or move the manifest up',
      'manifest.yml:6:9: error: /opt/x does not start from the project folder [outside-project]',
      '  hint: write it relative to the project folder, such as functions/hello/',
    ]);
  });
});

describe('a glob', () => {
  it('is what a shell puts in its place, without names that begin with a dot', async () => {
    expect(await include('["./src/*.py"]')).toEqual(['src/tool.py -> /tool.py']);
    expect(await include('["./src/[ac]*"]')).toEqual(['src/app -> /app', 'src/common -> /common']);
    expect(await include('["*/app/main.?y"]')).toEqual(['src/app/main.py -> /main.py']);
  });

  it('of all that is in a folder is the content of the folder, however much that is', async () => {
    expect(await include('["src/*"]')).toEqual(['src/ -> /']);
    expect(await include('["*"]')).toEqual(['/ -> /']);
  });

  it('is a plain name where there is something of that name', async () => {
    const unit = await unitOf('{include: ["./[ab]"]}', 'function', {
      '[ab]/x.py': '',
      b: '',
    });
    expect(includesOf(unit)).toEqual(['[ab] -> /[ab]']);
  });

  it('that matches nothing, too much or folders of any depth is refused', async () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`many/${at}.py`, '']));
    expect(
      await told('functions: {a: {include: ["*.md", "src/**/*.py", "many/*.py"]}}', many),
    ).toEqual([
      'manifest.yml:1:28: error: *.md matches nothing [missing-file]',
      '  hint: correct the glob, or remove it',
      'manifest.yml:1:36: error: src/**/*.py has **, which matches no folders [invalid-value]',
      '  hint: include the folder itself: what is in it keeps its place below it',
      'manifest.yml:1:51: error: many/*.py matches 101 files and folders, more than 100 [invalid-value]',
      '  hint: put them in a folder, and include that',
    ]);
  });
});

describe("a requirements.txt that comes with a unit's includes", () => {
  const pip = async (unit: string) =>
    (await unitOf(unit)).requirements.sources.map((source) => source);

  it('is installed when the unit names none, as juniper does', async () => {
    expect(await pip('{include: [./]}')).toMatchObject([
      { kind: 'file', path: 'requirements.txt' },
    ]);
    expect(await pip('{include: [./src/tool.py, ./requirements.txt]}')).toMatchObject([
      { kind: 'file', path: 'requirements.txt' },
    ]);
  });

  it('is not when it names one, or when it lies deeper in what is included', async () => {
    expect(await pip('{requirements: ./reqs/dev, include: [./]}')).toMatchObject([
      { kind: 'file', path: 'reqs/dev' },
    ]);
    const more = { 'src/requirements.txt': 'six' };
    const { requirements } = await unitOf('{include: [./src]}', 'function', more);
    expect(requirements.sources).toEqual([]);
  });
});

describe('what juniper deletes from a zip', () => {
  it("is deleted from the user's code, by its place in the zip", async () => {
    const { units } = planProject(
      await projectOf('functions: {a: {include: [./src]}}\nlayers: {b: {include: [./src]}}'),
    );
    const [ofFunction, ofLayer] = units.map(({ code }) => code[0]?.exclude ?? []);
    expect(ofFunction).toEqual([
      '.*',
      '**/requirements.txt',
      '**/manifest.yml',
      '**/setup.cfg',
      '**/*.py[co]',
      '**/__pycache__/**',
      '**/.juni/**',
      '**/tests/**',
      '**/features/**',
      '**/*.dist-info*/**',
      '**/*.egg-info*/**',
    ]);
    expect(ofLayer).toEqual(['python/.*', ...(ofFunction?.slice(1) ?? [])]);
  });

  it('is told when it is what an include names', async () => {
    const more = { 'src/features/a.py': '', '.env': '', 'x/setup.cfg': '' };
    const list = '[src/app/tests/, src/features, .env, x/setup.cfg, src/app]';
    const lines = await told(`functions: {a: {include: ${list}}}`, more);
    expect(lines.filter((line) => !line.includes('hint'))).toEqual([
      'manifest.yml:1:27: warning: src/app/tests is not packed: juniper deletes what is called tests, and so does pkgr here [ignored-include]',
      'manifest.yml:1:43: warning: src/features is not packed: juniper deletes what is called features, and so does pkgr here [ignored-include]',
      'manifest.yml:1:57: warning: .env is not packed: juniper deletes what is called .env, and so does pkgr here [ignored-include]',
      'manifest.yml:1:63: warning: x/setup.cfg is not packed: juniper deletes what is called setup.cfg, and so does pkgr here [ignored-include]',
    ]);
  });

  it('is not given to the engine where it is at the top of a project that is included whole', async () => {
    const { exclude } = await projectOf('functions: {a: {include: [./]}}', { '.venv/x': '' });
    expect(exclude).toEqual(['.*']);
    const wanted = await projectOf('functions: {a: {include: [./, ./.data/x]}}', { '.data/x': '' });
    expect(wanted.exclude).toEqual([]);
    expect((await projectOf('functions: {a: {include: [./src]}}')).exclude).toEqual([]);
  });

  it('does not concern installed packages, unless prune says so', async () => {
    const unit = (prune: string) =>
      unitOf(`{requirements: ./requirements.txt, include: [./src]${prune}}`);
    expect((await unit('')).prune).toEqual([]);
    expect((await unit(', prune: juniper')).prune).toContain('**/*.dist-info*/**');
    expect((await unit(', prune: [stubs]')).prune).toContain('**/*.pyi');
  });
});

describe("the user's .dockerignore", () => {
  it('keeps nothing from a zip, because juniper never looked at it', async () => {
    const project = await projectOf('functions: {a: {include: [./src]}}', { '.dockerignore': '*' });
    expect(project.dockerignore).toEqual([]);
    expect(() => planProject(project)).not.toThrow();
  });
});
