import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { wheel, wheelName } from '../host/python-packages.js';

/** The public image that the project is built in; a local one stands in for it. */
export const image = 'public.ecr.aws/sam/build-python3.11:latest-x86_64';

/** An image of a team's own, whose name does not tell its Python. */
export const ownImage = 'team/carries';

/** A manifest that uses all that juniper knows. */
export const manifest = `global:
  image: ${image}
  output: ./build
  pipconf: ./pip.conf

functions:
  app:
    requirements: ./requirements.txt
    include:
      - ./src/app
      - ./src/shared/
      - ./src/tool.py
      - ./src/demo
      - .hidden

  # The same in juniper's way throughout: a key that only pkgr knows.
  pruned:
    requirements: ./requirements.txt
    prune: juniper
    include: [./src/app, ./src/shared/, ./src/tool.py, ./src/demo, .hidden]

  whole:
    include:
      - ./

layers:
  base:
    image: ${ownImage}
    requirements: ./requirements.txt
    prune: juniper
    include:
      - src/shared
`;

const files: Readonly<Record<string, string>> = {
  'manifest.yml': manifest,
  'requirements.txt': `./vendor/${wheelName('demo')}\n`,
  'pip.conf': '[global]\ntimeout = 5\n',
  '.hidden/secret': 'x',
  '.dockerignore': '*\n',
  'README.md': '',
  'src/app/main.py': 'import demo\n',
  'src/app/run.sh': '#!/bin/sh\n',
  'src/app/.keep': '',
  'src/app/tests.py': '',
  'src/app/tests/test_main.py': '',
  'src/app/deep/tests/data/x.json': '{}',
  'src/app/features/a.feature': '',
  'src/app/setup.cfg': '',
  'src/app/manifest.yml': '',
  'src/app/requirements.txt': 'six\n',
  'src/app/app.egg-info/PKG-INFO': '',
  'src/app/old.pyo': '',
  'src/app/__pycache__/main.cpython-311.pyc': '',
  'src/app/.juni/bin/x': '',
  'src/shared/helpers.py': '',
  'src/shared/.env': 'x',
  'src/tool.py': '',
  // Laid over the package of the same name.
  'src/demo/version.py': 'VERSION = "own"\n',
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-juniper-'));
  folders.push(folder);
  return folder;
}

/** The project, with a package of which juniper deletes a good deal. */
export async function newProject(): Promise<string> {
  const root = newFolder();
  const write = (path: string, content: string | Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  chmodSync(join(root, 'src/app/run.sh'), 0o755);
  symlinkSync('main.py', join(root, 'src/app/link.py'));
  write(
    `vendor/${wheelName('demo')}`,
    await wheel('demo', {
      'demo/__init__.py': '',
      'demo/version.py': 'VERSION = "1.0"\n',
      'demo/tests/test_demo.py': '',
      'demo/requirements.txt': '',
    }),
  );
  return root;
}

/** What a unit asks juniper for. */
export interface JuniperUnit {
  readonly kind: 'function' | 'layer';
  readonly includes: readonly string[];
  readonly requirements?: string;
  /** Names of files in the image's lambda_lib and lambda_bin. */
  readonly carried?: { readonly lib: readonly string[]; readonly bin: readonly string[] };
}

/**
 * The names in a zip by juniper's rules: one folder into which includes and requirements are
 * mounted, pip, the shell's copy of that folder over it, what the image carries, and what is deleted.
 * Written anew from the descriptions in docs/migrating-from-juniper.md; it runs no juniper.
 */
export function byJuniper(root: string, unit: JuniperUnit): readonly string[] {
  const work = newFolder();
  const isLayer = unit.kind === 'layer';
  const mounts = unit.includes.map((include) => {
    const plain = include.replace(/\/+$/, '');
    if (plain === '.') return `cp -a ${root}/. mounted/`;
    return `cp -a ${root}/${plain} mounted/${plain.slice(plain.lastIndexOf('/') + 1)}`;
  });
  const script = `set -eu
mkdir -p mounted zip/${isLayer ? 'python' : ''} zip/lib zip/bin
code=zip/${isLayer ? 'python' : ''}
${mounts.join('\n')}
${unit.requirements === undefined ? '' : `cp ${root}/${unit.requirements} mounted/requirements.txt`}
if [ -f mounted/requirements.txt ]; then
  (cd ${root} && python3 -m pip install -qqq --no-index --disable-pip-version-check \\
    -t ${work}/$code -r ${work}/mounted/requirements.txt)
fi
cp -r mounted/* $code/
for name in ${(unit.carried?.lib ?? []).join(' ')}; do touch zip/${isLayer ? 'lib/' : ''}$name; done
for name in ${(unit.carried?.bin ?? []).join(' ')}; do touch zip/${isLayer ? 'bin/' : ''}$name; done
for name in requirements.txt manifest.yml setup.cfg '*.py[co]'; do
  find zip -type f -name "$name" -delete
done
for name in __pycache__ .juni tests features '*.dist-info*' '*.egg-info*'; do
  find zip -depth -type d -name "$name" -exec rm -rf {} +
done
cd zip
find . ! -type d | cut -c3- | LC_ALL=C sort
`;
  const output = execFileSync('sh', ['-c', script], { cwd: work }).toString();
  return output.split('\n').filter((line) => line !== '');
}
