import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { engineEnvironment, localImage, needsEngine } from './engine-environment.js';
import { fresh, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr, run } from './run.js';

const mark = fresh();

/** What a shell, a Dockerfile and BuildKit would each like to take for something else. */
const words = `"$HOME' \\ $(id) <<EOF #x \${A:-b} 'ü`;

const dockerfile = `ARG BASE
FROM scratch AS tool
COPY bin /bin/

FROM $BASE AS build
ARG WORDS=none VERSION
COPY . /all/
COPY --from=tool /bin/tool /var/task/lambda_bin/
RUN --mount=source=data,target=/data \\
    mkdir -p /var/task/lambda_lib && \\
    cp /data/one /var/task/lambda_lib/ && \\
    printf '%s' "$WORDS" > /var/task/lambda_lib/words && \\
    printf '%s' "$VERSION" > /var/task/lambda_lib/version && \\
    (cd /all && find . -type f | sort) > /var/task/lambda_lib/all

FROM build
RUN echo last > /var/task/lambda_lib/version
`;

const files = {
  'pkgr.yml': `global:
  runtime: python3.11
  exclude: ["**/data"]
functions:
  one:
    include: app.py
    dockerfile:
      context: images/tool
      target: Build
      args: &args {BASE: "${localImage}", VERSION: "1.0", WORDS: ${JSON.stringify(words)}}
  two: {include: app.py, dockerfile: {context: images/tool, target: build, args: {<<: *args, VERSION: "2.0"}}}
  last: {include: app.py, dockerfile: {context: images/tool, args: *args}}
  plain: {include: app.py}
`,
  '.dockerignore': 'images\n',
  'app.py': `MARK = '${mark}'\n`,
  'images/tool/Dockerfile': dockerfile,
  'images/tool/.dockerignore': '*.key\n!public.key\n',
  'images/tool/bin/tool': `#!/bin/sh\necho ${mark}\n`,
  'images/tool/data/one': mark,
  'images/tool/private.key': 'private',
  'images/tool/public.key': 'public',
};

describe.runIf(hasEngine)(
  `a Dockerfile with a context, a target and arguments of its own${needsEngine}`,
  { timeout: 240_000 },
  () => {
    let folder = '';
    beforeAll(async () => {
      folder = newProject(files);
      const all = { one: 'built', two: 'built', last: 'built', plain: 'built' };
      expect(await build(folder)).toEqual(all);
    }, 240_000);
    const text = async (unit: string, path: string) =>
      textOf(await readZip(join(folder, 'dist', `${unit}.zip`)), path);

    test('copies and mounts from its own folder, by the .dockerignore in there', async () => {
      expect((await text('one', 'all')).split('\n')).toEqual([
        ...['./.dockerignore', './Dockerfile', './bin/tool', './data/one', './public.key', ''],
      ]);
      expect(await text('one', 'one')).toBe(mark);
      expect(await text('one', 'tool')).toContain(mark);
    });

    test('gets its arguments as they are', async () => {
      expect(await text('one', 'words')).toBe(words);
      expect(await text('one', 'version')).toBe('1.0');
    });

    test('is another image with other arguments, or another target', async () => {
      expect(await text('two', 'version')).toBe('2.0');
      expect(await text('last', 'version')).toBe('last\n');
    });

    test('does nothing to units without it', async () => {
      const zip = await readZip(join(folder, 'dist/plain.zip'));
      expect(zip.map(({ path }) => path)).toEqual(['__pycache__/app.cpython-311.pyc', 'app.py']);
    });

    test('is built to the same bytes by the command that pkgr gen prints', async () => {
      const generated = newProject(files);
      const { stderr, code } = await pkgr(generated, ['gen', 'one']);
      expect(code).toBe(0);
      const command = /docker buildx build .*$/m.exec(stderr)?.[0] ?? '';
      expect(command).toContain('--build-context context-1=./images/tool ');
      await run('sh', ['-c', command.replace(/ \.$/, ` ${contextOptions()} .`)], generated);
      const { one } = zipHashes(folder);
      expect(zipHashes(generated)).toEqual({ one });
    });

    test('is never stale in what it copies, and not built anew for what is ignored', async () => {
      const changed = newProject(files);
      await build(changed, ['one']);
      writeFiles(changed, { 'images/tool/private.key': 'other' });
      expect(await build(changed, ['one'])).toEqual({ one: 'unchanged' });
      writeFiles(changed, { 'images/tool/data/one': `other ${mark}` });
      expect(await build(changed, ['one'])).toEqual({ one: 'built' });
      const zip = await readZip(join(changed, 'dist/one.zip'));
      expect(textOf(zip, 'one')).toBe(`other ${mark}`);
    });

    test('tells of a file that is not in its folder, and fails its units alone', async () => {
      const failing = newProject({
        ...files,
        'images/tool/Dockerfile': dockerfile.replace('COPY bin', 'COPY private.key'),
      });
      const { code, stdout, stderr } = await pkgr(failing, ['build', '--json']);
      expect(code).toBe(1);
      const { units }: { units: { name: string; status: string }[] } = JSON.parse(stdout);
      expect(units.filter(({ status }) => status === 'built').map(({ name }) => name)).toEqual([
        'plain',
      ]);
      expect(stderr).toContain(
        'pkgr.yml:8:7: error: A file that the build of one needs was not sent to the engine: images/tool/private.key [missing-file]\n' +
          '  hint: Check that it exists, that no line of images/tool/.dockerignore leaves it out, and that no link on its way leads out of that folder.',
      );
    });
  },
);

/** So that the images made here stand in for public ones, as the tests of pkgr build have it. */
function contextOptions(): string {
  const names = (engineEnvironment.PKGR_BUILD_CONTEXTS ?? '').split('\n');
  return names.map((name) => `--build-context ${name}`).join(' ');
}
