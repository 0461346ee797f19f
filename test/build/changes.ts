import {
  chmodSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  type ChangingProject,
  functions,
  globalRequirements,
  libraryText,
  nestedRequirements,
  putWheel,
  writeManifest,
} from './changing-project.js';
import { writeFiles } from './project.js';

/**
 * Changes a project.
 * @param unit the function that is changed, where any would do
 * @param number one that no other change of the sequence has
 * @returns the units whose zip must have other bytes now
 */
type Change = (
  project: ChangingProject,
  unit: string,
  number: number,
) => readonly string[] | Promise<readonly string[]>;

const all = [...functions];

/** Every kind of change, by what it does. */
export const changes = {
  'a source file is edited': ({ root }, unit, number) => {
    writeFiles(root, { [`functions/${unit}/app.py`]: `VALUE = ${number}\n` });
    return [unit];
  },
  'a source file is added': ({ root }, unit, number) => {
    writeFiles(root, { [`functions/${unit}/pack/added${number}.py`]: '' });
    return [unit];
  },
  'a source file is deleted': ({ root }, unit) => {
    rmSync(join(root, 'functions', unit, modules(root, unit)[0] ?? ''));
    return [unit];
  },
  'a source file is renamed': ({ root }, unit, number) => {
    const folder = join(root, 'functions', unit);
    renameSync(join(folder, modules(root, unit)[0] ?? ''), join(folder, `named${number}.py`));
    return [unit];
  },
  'two source files change names': ({ root }, unit) => {
    const folder = join(root, 'functions', unit);
    renameSync(join(folder, 'app.py'), join(folder, 'aside'));
    renameSync(join(folder, 'tool.sh'), join(folder, 'app.py'));
    renameSync(join(folder, 'aside'), join(folder, 'tool.sh'));
    return [unit];
  },
  'a folder is renamed': ({ root }, unit, number) => {
    const folder = join(root, 'functions', unit, 'pack');
    const inner = readdirSync(folder).find((name) => name.startsWith('inner')) ?? '';
    renameSync(join(folder, inner), join(folder, `inner${number}`));
    return [unit];
  },
  'a folder takes the place of a file': ({ root }, unit) => {
    const path = join(root, 'functions', unit, 'thing');
    const isFile = lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
    rmSync(path, { recursive: true, force: true });
    writeFiles(root, { [`functions/${unit}/thing${isFile ? '/inside.txt' : ''}`]: 'thing\n' });
    return [unit];
  },
  'a file takes the mode of a program, or loses it': ({ root }, unit) => {
    const path = join(root, 'functions', unit, 'tool.sh');
    chmodSync(path, isProgram(path) ? 0o644 : 0o755);
    return [unit];
  },
  'a link is turned': ({ root }, unit) => {
    const path = `functions/${unit}/current`;
    const link = readlinkSync(join(root, path)) === 'app.py' ? 'tool.sh' : 'app.py';
    writeFiles(root, { [path]: { link } });
    return [unit];
  },
  'a shared file is edited': ({ root }, _, number) => {
    writeFiles(root, { 'shared/config.json': `{"value": ${number}}\n` });
    return ['b', 'c'];
  },
  'a shared folder loses a file': ({ root }, _, number) => {
    const folder = join(root, 'shared/deep/er');
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    writeFiles(folder, { [`text${number}.txt`]: 'shared\n' });
    return ['b', 'c'];
  },
  'a file of the layer is edited': ({ root }, _, number) => {
    writeFiles(root, { 'layer/notes.txt': `layer ${number}\n` });
    return ['base'];
  },
  'a dependency is dropped, or taken back': ({ root }) => {
    toggle(root, 'requirements/global.txt', globalRequirements);
    return ['a', 'b'];
  },
  'a line is added to a nested requirements file, or dropped': ({ root }) => {
    toggle(root, 'requirements/nested.txt', nestedRequirements);
    return ['a', 'b'];
  },
  'a constraint allows another version': ({ root }) => {
    toggle(root, 'requirements/limits.txt', (newer) => `two==${newer ? '2.0' : '1.0'}\n`);
    return ['a', 'b'];
  },
  'a local wheel is replaced by another of its name': async ({ root }, _, number) => {
    await putWheel(root, 'one', '1.0', number);
    return ['a', 'b'];
  },
  'a wheel in a folder of links is replaced by another of its name': async (
    { root },
    _,
    number,
  ) => {
    await putWheel(root, 'two', '1.0', number);
    await putWheel(root, 'two', '2.0', number);
    return ['a', 'b'];
  },
  "the layer's wheel is replaced by another of its name": async ({ root }, _, number) => {
    await putWheel(root, 'three', '1.0', number);
    return ['base'];
  },
  'a file of a local project is edited': ({ root }, _, number) => {
    writeFiles(root, { 'lib/library.py': libraryText(number) });
    return ['c'];
  },
  'the manifest excludes more, or less': (project, unit) => {
    const withoutLogs = new Set(project.options.withoutLogs);
    if (!withoutLogs.delete(unit)) withoutLogs.add(unit);
    project.options = { ...project.options, withoutLogs };
    writeManifest(project);
    return [unit];
  },
  'the manifest puts a file elsewhere': (project, _, number) => {
    project.options = { ...project.options, settings: `settings${number}` };
    writeManifest(project);
    return ['c'];
  },
  'the manifest changes the build environment': (project, _, number) => {
    project.options = { ...project.options, mark: `${number}` };
    writeManifest(project);
    return ['c'];
  },
  'the .dockerignore leaves out more, or less': ({ root }) => {
    toggle(root, '.dockerignore', (more) => (more ? '**/*.tmp\n' : '# nothing\n'));
    return all;
  },
  'another image gets the name of the image': async ({ images }) => {
    await images.turn();
    return ['base'];
  },
  'all files get another time': ({ root }, _, number) => {
    for (const path of everything(root)) utimesSync(path, number, 1_000_000 + number);
    return [];
  },
  'all files get the modes of another umask': ({ root }) => {
    const isOpen = (statSync(join(root, 'functions/a')).mode & 0o077) !== 0;
    for (const path of everything(root)) {
      const mode = statSync(path).isDirectory() || isProgram(path) ? 0o755 : 0o644;
      chmodSync(path, isOpen ? mode & 0o700 : mode);
    }
    return [];
  },
} satisfies Readonly<Record<string, Change>>;

export type ChangeName = keyof typeof changes;

/** The text of a file becomes what `print` says of the other truth. */
function toggle(root: string, path: string, print: (on: boolean) => string): void {
  const on = readFileSync(join(root, path), 'utf8') === print(true);
  writeFiles(root, { [path]: print(!on) });
}

/** Modules of a function that nothing else in these changes needs. */
function modules(root: string, unit: string): readonly string[] {
  const names = readdirSync(join(root, 'functions', unit));
  return names.filter((name) => /^(first|second|named\d+)\.py$/.test(name)).sort();
}

function isProgram(path: string): boolean {
  return (statSync(path).mode & 0o100) !== 0;
}

/** Files and folders of the project; what was built, and links, are not among them. */
function everything(root: string): readonly string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .map((entry) => ({ entry, path: join(entry.parentPath, entry.name) }))
    .filter(({ entry, path }) => !entry.isSymbolicLink() && !path.startsWith(join(root, 'dist')))
    .map(({ path }) => path);
}
