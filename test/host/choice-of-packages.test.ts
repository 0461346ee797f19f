import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { pipEnvironment } from '../../src/host/pip-environment.js';
import { choosePython } from '../../src/host/python.js';
import { readZip } from './compare-zips.js';
import { localProject, machineRuntime, wheel, wheelName } from './python-packages.js';
import { type PackSetting, packProject, temporaryProject } from './temporary-project.js';

vi.setConfig({ testTimeout: 120_000 });

/** An architecture that is not this machine's, so that pip chooses for another. */
const [architecture, cpu] =
  process.arch === 'arm64' ? (['x86_64', 'x86_64'] as const) : (['arm64', 'aarch64'] as const);

type Files = Parameters<typeof temporaryProject>[0];

/** Packs one function with these requirements, and gives its zip's files as text, or why not. */
async function packed(
  requirements: string,
  files: Files,
  setting: PackSetting & { arch?: string } = {},
) {
  const { arch = architecture, ...options } = setting;
  const root = temporaryProject({
    'pkgr.yml': `functions:
  hello: {handler: a.b, runtime: ${machineRuntime}, architecture: ${arch}, include: [app], requirements: ${requirements}}
`,
    'app/a.py': '',
    ...files,
  });
  const { zips, failed } = await packProject(root, options);
  const entries = zips.hello === undefined ? [] : await readZip(zips.hello);
  const texts = new Map(entries.map(({ name, content }) => [name, content.toString()]));
  return { root, texts, failed: failed.hello };
}

describe('packages for another machine', () => {
  test('are the newest wheels that its processor and its glibc take', async () => {
    const wheels = [
      ['1.0', 'py3-none-manylinux_2_5_x86_64.manylinux_2_17_aarch64'],
      ['2.0', `py3-none-manylinux2014_${cpu}`],
      ['3.0', `py3-none-manylinux_2_99_${cpu}`],
      ['4.0', 'py3-none-musllinux_1_1_riscv64'],
    ] as const;
    const files: Record<string, string | Buffer> = {
      'requirements.txt': '--no-index\n--find-links ./wheels\nnative\n',
    };
    for (const [version, tag] of wheels) {
      const content = await wheel('native', { 'native.py': version }, { version, tag });
      files[`wheels/${wheelName('native', { version, tag })}`] = content;
    }
    const { texts, failed } = await packed('requirements.txt', files);
    expect(failed).toBeUndefined();
    expect(texts.get('native.py')).toBe('2.0');
  });

  test('may be folders and editable ones whose wheel is pure Python', async () => {
    const { texts } = await packed('requirements.txt', {
      'requirements.txt': '-e ./lib\n',
      ...localProject('lib', 'mylib'),
    });
    expect(texts.get('mylib.py')).toBe('VALUE = 1\n');
  });

  test('are not compiled on this one, as pip would do for a folder', async () => {
    const { failed } = await packed(
      '[./lib]',
      localProject('lib', 'mylib', 'py3-none-linux_x86_64'),
    );
    expect(failed).toMatch(
      new RegExp(
        `^install-failed: mylib of hello would have to be compiled for Lambda's ${machineRuntime} on ${cpu} \\(glibc 2\\.\\d+\\), and this machine is another\nhint: build with Docker \\(without --engine host\\)$`,
      ),
    );
  });

  test('that have no wheel are told with what to do', async () => {
    const { failed } = await packed('requirements.txt', {
      'requirements.txt': '--no-index\n--find-links ./wheels\nnative==1.0\n',
      'wheels/native-1.0.tar.gz': 'never opened',
    });
    expect(failed).toContain(
      'install-failed: pip ended with exit code 1 while installing the requirements of hello',
    );
    expect(failed).toContain('No matching distribution found for native==1.0');
    expect(failed).toMatch(
      /hint: native may have no wheel for Lambda's .* build with Docker .* add the line --no-binary native to a requirements file$/,
    );
  });

  test('are refused where a marker might say something else there than here', async () => {
    const other = await wheel(
      'other',
      { 'other.py': '' },
      { requires: [`x; platform_machine == "${cpu}"`] },
    );
    const { failed } = await packed('requirements.txt', {
      'requirements.txt': `six ; platform_machine == "${cpu}" # a comment\nsix; sys_platform == "win32"\n./${wheelName('other')}\n`,
      [wheelName('other')]: other,
    });
    expect(failed).toMatch(/^install-failed: pip decides requirements of hello for this machine/);
    expect(failed).toContain(
      `\nsix ; platform_machine == "${cpu}"\nx; platform_machine == "${cpu}"\n`,
    );
    expect(failed).not.toContain('win32');
  });

  test("need a pip that knows the names of today's wheels", async () => {
    const bin = temporaryProject({
      [machineRuntime]: await answering(/"pip": "[^"]*"/, '"pip": "20.2.4"'),
    });
    const { failed } = await packed('[./lib]', localProject('lib', 'mylib'), {
      environment: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    });
    expect(failed).toMatch(
      /^host-python-missing: pip 20\.2\.4 of \S+ is too old to choose packages/,
    );
  });
});

test("on a machine like Lambda's, what must be compiled is compiled", async () => {
  const bin = temporaryProject({
    [machineRuntime]: await answering(/"glibc": "[^"]*"/, '"glibc": "2.17"'),
  });
  const { texts, failed } = await packed(
    '[./lib]',
    localProject('lib', 'mylib', 'py3-none-linux_x86_64'),
    {
      arch: process.arch === 'arm64' ? 'arm64' : 'x86_64',
      environment: { ...process.env, PATH: `${bin}:${process.env.PATH}` },
    },
  );
  expect(failed).toBeUndefined();
  expect(texts.has('mylib.py')).toBe(true);
});

test('real packages of the public index come for each processor as their own wheels', async () => {
  const root = temporaryProject({
    'pkgr.yml': `global: {runtime: ${machineRuntime}}
layers:
  intel: {architecture: x86_64, requirements: [markupsafe, requests]}
  arm: {architecture: arm64, requirements: [markupsafe, requests]}
`,
  });
  const { zips, failed } = await packProject(root);
  for (const [name, processor] of [
    ['intel', 'x86_64'],
    ['arm', 'aarch64'],
  ] as const) {
    expect(failed[name]).toBeUndefined();
    const entries = await readZip(zips[name] ?? Buffer.alloc(0));
    const tags = entries.find(({ name: path }) => /^python\/markupsafe-.*\/WHEEL$/i.test(path));
    expect(tags?.content.toString()).toMatch(new RegExp(`^Tag: .*manylinux.*_${processor}$`, 'm'));
    expect(entries.some(({ name: path }) => path === 'python/requests/__init__.py')).toBe(true);
  }
});

test('no text of a manifest reaches a shell', async () => {
  const file = 'r $(touch pwned) "`touch pwned`" \'.txt';
  const { root, texts } = await packed(JSON.stringify(file), {
    [file]: '--no-index\n--find-links ./-w\ngreet\n',
    [`-w/${wheelName('greet')}`]: await wheel('greet', { 'greet.py': 'hello' }),
  });
  expect(texts.get('greet.py')).toBe('hello');
  expect(existsSync(join(root, 'pwned'))).toBe(false);
});

test('pip sees nothing of the environment that could change what it installs', () => {
  const user = {
    PATH: '/bin',
    HOME: '/home/me',
    HTTPS_PROXY: 'http://proxy',
    PIP_INDEX_URL: 'http://elsewhere',
    PIP_NO_BINARY: ':all:',
    PYTHONPATH: '/mine',
    CFLAGS: '-O0',
    PKGR_SECRET: 'x',
  };
  const environment = pipEnvironment(user, { CFLAGS: '-O1' }, '/tmp/x', '/home/me/netrc');
  expect(
    Object.keys(environment)
      .filter((name) => name in user)
      .sort(),
  ).toEqual(['CFLAGS', 'HOME', 'HTTPS_PROXY', 'PATH']);
  expect(environment).toMatchObject({
    CFLAGS: '-O1',
    PIP_CONFIG_FILE: '/dev/null',
    TMPDIR: '/tmp/x',
    NETRC: '/home/me/netrc',
  });
});

/** This machine's Python, except that it says something else of itself when it is asked. */
async function answering(text: RegExp, instead: string) {
  const { path } = await choosePython(machineRuntime, process.env);
  const pattern = text.source.replaceAll('"', '\\"');
  return {
    program: `#!/bin/sh\n"${path}" "$@" | sed "s/${pattern}/${instead.replaceAll('"', '\\"')}/"\n`,
  };
}
