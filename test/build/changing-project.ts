import { join } from 'node:path';
import { localProject, wheel } from '../host/python-packages.js';
import { newProject, writeFiles } from './project.js';

/** What the manifest of a changing project says besides what it always says. */
export interface Options {
  /** Names of the functions that leave out `*.log`. */
  readonly withoutLogs: ReadonlySet<string>;
  /** The folder that c gets the shared settings in. */
  readonly settings: string;
  /** A variable that the wheel of ./lib is built with. */
  readonly mark: string;
}

/** A project with three functions and a layer, and every kind of input that a build can have. */
export interface ChangingProject {
  readonly root: string;
  readonly images: ChangingImage;
  options: Options;
}

/** A local image name that can be given to another image. */
export interface ChangingImage {
  readonly name: string;
  /** Gives the name to the other one of two images. */
  turn(): Promise<void>;
}

export const functions = ['a', 'b', 'c'] as const;

/** Packages of vendor/, by name and version; each is one module that says what it is. */
const packages = [
  ['one', '1.0'],
  ['two', '1.0'],
  ['two', '2.0'],
  ['three', '1.0'],
  ['four', '1.0'],
  ['five', '1.0'],
] as const;

/**
 * a and b share their requirements, b and c a folder; c installs the project ./lib, whose wheel says
 * what its build environment was; the layer is built on an image of its own.
 */
export async function newChangingProject(images: ChangingImage): Promise<ChangingProject> {
  const root = newProject({
    'shared/config.json': '{"value": 0}\n',
    'shared/deep/er/text.txt': 'shared 0\n',
    'layer/notes.txt': 'layer 0\n',
    'requirements/global.txt': globalRequirements(true),
    'requirements/nested.txt': nestedRequirements(false),
    'requirements/limits.txt': 'two==1.0\n',
    '.dockerignore': '# nothing yet\n',
    ...localProject('lib', 'library'),
  });
  for (const name of functions) {
    writeFiles(join(root, 'functions', name), {
      'app.py': `def handler(event, context):\n    return "${name}"\n`,
      'first.py': 'VALUE = 1\n',
      'second.py': 'VALUE = 2\n',
      'pack/__init__.py': '',
      'pack/inner/module.py': 'VALUE = 3\n',
      'tool.sh': '#!/bin/sh\n',
      'some.log': 'log\n',
      'some.tmp': 'tmp\n',
      current: { link: 'first.py' },
    });
  }
  for (const [name, version] of packages) await putWheel(root, name, version, 0);
  const project = {
    root,
    images,
    options: { withoutLogs: new Set<string>(), settings: 'settings', mark: 'none' },
  };
  // The wheel of ./lib holds what the environment was when it was built.
  writeFiles(root, { 'lib/library.py': libraryText(0) });
  const backend = localProject('lib', 'library')['lib/backend.py'] ?? '';
  writeFiles(root, {
    'lib/backend.py': backend.replace(
      'wheel.write("library.py")',
      'wheel.write("library.py")\n        wheel.writestr("mark.py", repr(os.environ.get("MARK")))',
    ),
  });
  writeManifest(project);
  return project;
}

export function writeManifest({ root, options, images }: ChangingProject): void {
  const without = (name: string) =>
    options.withoutLogs.has(name) ? '\n    exclude: ["**/*.log"]' : '';
  writeFiles(root, {
    'pkgr.yml': `global:
  runtime: python3.11
functions:
  a:
    requirements: requirements/global.txt
    include: functions/a/${without('a')}
  b:
    requirements: requirements/global.txt
    include: [functions/b/, {from: shared, to: common}]${without('b')}
  c:
    requirements: [--no-index, ./lib]
    include: [functions/c/, {from: shared/config.json, to: ${options.settings}/}, shared]
    buildEnvironment: {MARK: "${options.mark}"}${without('c')}
layers:
  base:
    image: ${images.name}
    requirements: ./vendor/three-1.0-py3-none-any.whl
    include: layer/
`,
  });
}

export function globalRequirements(withFour: boolean): string {
  const lines = ['--no-index', '--find-links vendor', '-c limits.txt', '-r nested.txt', 'two'];
  return `${[...lines, ...(withFour ? ['four'] : [])].join('\n')}\n`;
}

export function nestedRequirements(withFive: boolean): string {
  return `./vendor/one-1.0-py3-none-any.whl\n${withFive ? 'five\n' : ''}`;
}

export function libraryText(value: number): string {
  return `VALUE = ${value}\n`;
}

/** Writes a wheel of vendor/, or replaces it by another of the same name and version. */
export async function putWheel(root: string, name: string, version: string, value: number) {
  const files = { [`${name}.py`]: `VERSION = "${version}"\nVALUE = ${value}\n` };
  const path = `vendor/${name}-${version}-py3-none-any.whl`;
  writeFiles(root, { [path]: await wheel(name, files, { version }) });
}
