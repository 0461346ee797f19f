import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { needsEngine } from './engine-environment.js';
import { fresh, newFolder, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr, type Run } from './run.js';

const MINUTES = 180_000;

/** Each requirement stands in a line of its own, so that its place tells them apart. */
const manifest = `global: {runtime: python3.11}
functions:
  good:
    include: code/
  bad-version:
    include: code/
    requirements:
      - --no-index
      - no-such-package==9
  bad-syntax:
    include: code/
    requirements: broken/
  shared-1:
    include: code/
    requirements: shared.txt
  shared-2:
    include: code/app.py
    requirements: shared.txt
`;
const broken = {
  'broken/pyproject.toml':
    '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n',
  'broken/backend.py':
    'def build_wheel(*arguments):\n    raise SystemExit("the backend gives up")\n',
};

describe.runIf(hasEngine)(`a unit that cannot be built${needsEngine}`, () => {
  const project = newProject({
    'pkgr.yml': manifest.replace(/ {4}requirements:.*\n( {6}.*\n)*/g, ''),
    'shared.txt': `--no-index\nnot-in-any-index  # ${fresh()}\n`,
    'code/app.py': `TOKEN = "${fresh()}"\n`,
    ...broken,
  });
  let earlier: Readonly<Record<string, string>>;
  let failed: Run;

  beforeAll(async () => {
    await build(project);
    earlier = zipHashes(project);
    writeFiles(project, { 'pkgr.yml': manifest, 'code/app.py': 'EDITED = 1\n' });
    failed = await pkgr(project, ['build']);
  }, MINUTES);

  test('keeps no other from being built, and the command fails', () => {
    expect(failed.code).toBe(1);
    expect(failed.stdout).toBe('dist/good.zip');
    expect(failed.stderr).toMatch(/^built +good /m);
    expect(failed.stderr).toMatch(/^1 built, 0 unchanged, 4 failed in /m);
    for (const name of ['bad-version', 'bad-syntax', 'shared-1', 'shared-2']) {
      expect(failed.stderr).toMatch(new RegExp(`^failed +${name}$`, 'm'));
    }
  });

  test('keeps its earlier zip, whole, and no other file is left', () => {
    const { good, ...others } = zipHashes(project);
    expect(good).not.toBe(earlier.good);
    expect({ ...others, good: earlier.good }).toEqual(earlier);
    const names = Object.keys(earlier).map((name) => `${name}.zip`);
    expect(readdirSync(join(project, 'dist')).sort()).toEqual(['artifacts.json', ...names].sort());
    const { units } = JSON.parse(readFileSync(join(project, 'dist/artifacts.json'), 'utf8'));
    expect(units.find((unit: { name: string }) => unit.name === 'good').sha256).toBe(good);
  });

  test('is told of with its own words, its stage and its place in the manifest', () => {
    const version = messageOf(failed, 'bad-version');
    expect(version[0]).toMatch(/^pkgr\.yml:8:9: error: .* \(stage deps-\d\) \[step-failed\]$/);
    expect(version).toContainEqual(
      expect.stringMatching(/^ {2}\| ERROR: No matching distribution found for no-such-package==9/),
    );
    expect(version.at(-1)).toMatch(/^ {2}hint: pip found no version of it at all/);
    expect(version.join('\n')).not.toContain('not-in-any-index');

    const syntax = messageOf(failed, 'bad-syntax');
    expect(syntax[0]).toMatch(/^pkgr\.yml:12:19: error: /);
    expect(syntax).toContainEqual(expect.stringContaining('the backend gives up'));
  });

  test('that shares what fails is told of in one message with the others', () => {
    const messages = failed.stderr.match(/^pkgr\.yml:.* error: .*$/gm) ?? [];
    expect(messages).toHaveLength(3);
    const shared = messageOf(failed, 'shared-1');
    expect(shared[0]).toMatch(/^pkgr\.yml:15:19: error: .* of shared-1, shared-2 /);
    expect(shared.join('\n')).toContain('No matching distribution found for not-in-any-index');
  });

  test(
    'is said to be bad in the JSON result too',
    async () => {
      const { code, stdout } = await pkgr(project, ['build', '--json', 'good', 'shared-2']);
      expect(code).toBe(1);
      expect(JSON.parse(stdout).units).toEqual([
        expect.objectContaining({ name: 'good', status: 'unchanged' }),
        expect.objectContaining({
          name: 'shared-2',
          status: 'failed',
          error: expect.objectContaining({
            code: 'step-failed',
            at: { file: 'pkgr.yml', line: 15, column: 19 },
          }),
        }),
      ]);
    },
    MINUTES,
  );

  test(
    'for want of its image is told the image and what to do, and the others are built',
    async () => {
      const folder = newProject({
        'pkgr.yml': `global: {runtime: python3.11, include: code/}
functions:
  good: {}
  bad:
    image: pkgr.invalid/no-such-image:1
`,
        'code/app.py': '',
      });
      const { code, stdout, stderr } = await pkgr(folder, ['build']);
      expect([1, 75]).toContain(code);
      expect(stdout).toBe('dist/good.zip');
      expect(stderr).toMatch(
        /^pkgr\.yml:5:12: error: The image pkgr\.invalid\/no-such-image:1 of bad could not be pulled \[image-unavailable\]$/m,
      );
      expect(stderr).toMatch(/^ {2}hint: .*`image:`/m);
    },
    MINUTES,
  );
});

describe('without an engine nothing is touched, and the command says what is missing', () => {
  const project = newProject({
    'pkgr.yml': 'functions: {f: {runtime: python3.11, include: app.py}}\n',
    'app.py': '',
    'dist/f.zip': 'an earlier one',
  });

  test('when none answers', async () => {
    const env = { DOCKER_HOST: 'unix:///nonexistent/docker.sock', PKGR_DOCKER: undefined };
    const { code, stdout, stderr } = await pkgr(project, ['build'], { env });
    expect({ code, stdout }).toEqual({ code: 75, stdout: '' });
    expect(stderr).toMatch(
      /^error: (The Docker engine does not answer|There is no docker command)/m,
    );
    expect(stderr).toContain('pkgr build --engine host');
    expect(zipHashes(project)).toEqual(zipHashesOf('an earlier one'));
  });

  test('when there is no docker command', async () => {
    const env = { PATH: newFolder(), PKGR_DOCKER: undefined };
    const { code, stderr } = await pkgr(project, ['build'], { env });
    expect(code).toBe(75);
    expect(stderr).toMatch(
      /^error: There is no docker command on this machine \[engine-unreachable\]$/m,
    );
    expect(readdirSync(join(project, 'dist'))).toEqual(['f.zip']);
  });
});

function zipHashesOf(text: string) {
  return zipHashes(newProject({ 'dist/f.zip': text }));
}

/** The lines of the error that names a unit. */
function messageOf({ stderr }: Run, unit: string): readonly string[] {
  const lines = stderr.split('\n');
  const start = lines.findIndex((line) => line.includes(` of ${unit}`));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('  '));
  return start < 0 ? [] : lines.slice(start, end);
}
