import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hasEngine } from '../engine/local-engine.js';
import { readZip, textOf } from '../examples/zip.js';
import { localImage, needsEngine } from './engine-environment.js';
import { fresh, newProject, writeFiles, zipHashes } from './project.js';
import { build, pkgr, run } from './run.js';

const mark = fresh();

const dockerfile = `# syntax=docker/dockerfile:1
ARG BASE=${localImage} KIND
FROM \${BASE} AS Build
ARG KIND=shared
WORKDIR /made
RUN <<EOF
printf '%s' "$KIND ${mark}" > libown.so.1
ln -s libown.so.1 libown.so
EOF

FROM scratch AS programs
COPY docker/tool /bin/tool

FROM $BASE
COPY --from=build /made/ /var/task/lambda_lib/
RUN --mount=from=programs,source=/bin,target=/tools \\
    # programs is also a stage of pkgr's own
    mkdir -p /var/task/lambda_bin && \\
    cp /tools/tool /var/task/lambda_bin/
SHELL ["/bin/bash", "-c"]
USER nobody
`;

const files = {
  'pkgr.yml': `global: {runtime: python3.11, bytecode: none}
functions:
  own: {dockerfile: docker/Dockerfile, include: app.py}
  plain: {include: app.py}
layers:
  own-layer: {dockerfile: docker/Dockerfile, include: app.py}
`,
  'app.py': `MARK = '${mark}'\n`,
  'docker/Dockerfile': dockerfile,
  'docker/tool': '#!/bin/sh\necho tool\n',
};

describe.runIf(hasEngine)(
  `a Dockerfile of the user's own${needsEngine}`,
  { timeout: 240_000 },
  () => {
    let folder = '';
    beforeAll(async () => {
      folder = newProject(files);
      expect(await build(folder)).toEqual({ own: 'built', plain: 'built', 'own-layer': 'built' });
    }, 240_000);

    // Beside the code of a function, where Lambda looks too; a layer has folders for them.
    test.each([
      ['own', { code: '', lib: '', bin: '' }],
      ['own-layer', { code: 'python/', lib: 'lib/', bin: 'bin/' }],
    ])('gives %s what it puts into lambda_lib and lambda_bin', async (name, { code, lib, bin }) => {
      const zip = await readZip(join(folder, 'dist', `${name}.zip`));
      const kinds = zip.map(({ path, kind, mode }) => `${kind} ${mode.toString(8)} ${path}`);
      const expected = [
        `file 644 ${code}app.py`,
        `file 644 ${lib}libown.so.1`,
        `file 755 ${bin}tool`,
        `link 777 ${lib}libown.so`,
      ];
      expect(kinds.sort()).toEqual(expected.sort());
      expect(textOf(zip, `${lib}libown.so.1`)).toBe(`shared ${mark}`);
    });

    test('does nothing to units without it', async () => {
      const zip = await readZip(join(folder, 'dist/plain.zip'));
      expect(zip.map(({ path }) => path)).toEqual(['app.py']);
    });

    test('builds the same zips by the files of pkgr gen', async () => {
      const generated = newProject(files);
      expect(await pkgr(generated, ['gen'])).toMatchObject({ code: 0 });
      const command = ['buildx', 'build', '--output', 'dist', '-f'];
      await run('docker', [...command, '.pkgr/own.Dockerfile', '.'], generated);
      const { own } = zipHashes(folder);
      expect(zipHashes(generated)).toEqual({ own });
    });

    test('is never stale, in its text and in what it copies', async () => {
      const changed = newProject(files);
      await build(changed);
      writeFiles(changed, { 'docker/tool': `#!/bin/sh\necho ${mark}\n` });
      expect(await build(changed)).toEqual({
        own: 'built',
        plain: 'unchanged',
        'own-layer': 'built',
      });
      writeFiles(changed, { 'docker/Dockerfile': dockerfile.replace('KIND=shared', 'KIND=other') });
      expect(await build(changed)).toEqual({
        own: 'built',
        plain: 'unchanged',
        'own-layer': 'built',
      });
      const zip = await readZip(join(changed, 'dist/own.zip'));
      expect(textOf(zip, 'libown.so.1')).toBe(`other ${mark}`);
      expect(textOf(zip, 'tool')).toContain(mark);
    });

    test.each([
      [
        'a step of an early stage',
        dockerfile.replace('printf', `exit 7 # ${mark}\nprintf`),
        /exit code 7/,
      ],
      [
        'an image',
        dockerfile.replace('FROM $BASE', `FROM pkgr.invalid/none:${mark}`),
        /pkgr\.invalid/,
      ],
      [
        'an image that is only copied from',
        `${dockerfile}COPY --from=pkgr.invalid/copied:${mark} /a /b\n`,
        /pkgr\.invalid\/copied/,
      ],
    ])('that fails in %s fails its units alone', async (_what, text, said) => {
      const failing = newProject({ ...files, 'docker/Dockerfile': text });
      const { code, stdout, stderr } = await pkgr(failing, ['build', '--json']);
      const result: { units: { name: string; status: string }[] } = JSON.parse(stdout);
      expect(Object.fromEntries(result.units.map(({ name, status }) => [name, status]))).toEqual({
        own: 'failed',
        plain: 'built',
        'own-layer': 'failed',
      });
      expect(code).not.toBe(0);
      expect(stderr).toMatch(said);
      expect(stderr).toContain('pkgr.yml:3:21: error: ');
    });

    test('is refused before anything is built when it cannot be read', async () => {
      const broken = newProject({
        ...files,
        'docker/Dockerfile': 'FROM a\nCOPY --from=build /x \\\n',
      });
      const { code, stderr } = await pkgr(broken, ['build']);
      expect(code).toBe(2);
      expect(stderr).toContain('docker/Dockerfile:2:1: error: the last instruction ends in a \\');
      expect(readFileSync(join(broken, 'docker/Dockerfile'), 'utf8')).toContain('FROM a');
    });
  },
);
