import { readZip } from './compare-zips.js';
import { localProject, machineRuntime, wheel, wheelName } from './python-packages.js';
import { temporaryProject } from './temporary-project.js';

/** A project with a function and a layer, a wheel with a script, and a folder that pip builds. */
export async function mixedProject(): Promise<string> {
  return temporaryProject({
    'pkgr.yml': `global:
  runtime: ${machineRuntime}
functions:
  hello:
    handler: app.main
    requirements: [./vendor/${wheelName('greet')}, ./lib]
    include: [app, {from: data/, to: d}]
    exclude: ["app/**/*.txt"]
layers:
  shared:
    requirements: [./vendor/${wheelName('greet')}, ./lib]
`,
    [`vendor/${wheelName('greet')}`]: await wheel(
      'greet',
      { 'greet/__init__.py': 'def main(): print("hello")\n' },
      { scripts: ['greet = greet:main'] },
    ),
    ...localProject('lib', 'mylib'),
    'app/main.py': 'import greet\n',
    'app/notes.txt': 'not packed',
    'app/run': { program: '#!/bin/sh\n' },
    'app/link.py': { link: 'main.py' },
    'data/empty/': '',
    'data/x y': '',
  });
}

/** A file of a zip as text. */
export const textIn = async (zip: Buffer | undefined, wanted: string) =>
  (await readZip(zip ?? Buffer.alloc(0))).find(({ name }) => name === wanted)?.content.toString();
