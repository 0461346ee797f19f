import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { dump, load } from 'js-yaml';
import { writeFiles } from '../build/project.js';
import { newFolder } from './project.js';

/** A manifest as juniper takes it, as far as images and paths are concerned. */
interface Manifest {
  readonly global?: Section | null;
  readonly functions?: Units;
  readonly layers?: Units;
}
type Section = Readonly<Record<string, unknown>>;
type Units = Readonly<Record<string, Section>>;

/** The release that is compared with; nothing of it is in this repository. */
const release = 'juniper==0.5.5';

/**
 * Manifests in juniper's own description, which its source distribution on PyPI carries: they are
 * downloaded when the test runs. (Its examples are in its repository only.)
 */
export async function publishedManifests(): Promise<readonly string[]> {
  const folder = newFolder();
  const pip = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check'];
  const source = ['--no-binary', ':all:', '--no-deps', '--dest', folder, release];
  await execa('python3', [...pip, ...source]);
  const [archive = ''] = readdirSync(folder);
  await execa('tar', ['-xzf', archive, '--strip-components=1'], { cwd: folder });
  const blocks = readFileSync(join(folder, 'README.rst'), 'utf8').matchAll(
    /^\.\. code-block:: yaml\n\n((?:[ ]+.*\n|\n)+)/gm,
  );
  return [...blocks]
    .map(([, text = '']) => text)
    .filter((text) => /^\s+(functions|layers):/m.test(text));
}

/** The same manifest with nothing replaced but images: those that it names, and the default. */
export function withImage(text: string, image: string, prefix = ''): string {
  const { functions, layers, ...rest } = load(text.replace(/^\n+/, '')) as Manifest;
  const units = (section: Units = {}) =>
    Object.fromEntries(
      Object.entries(section).map(([name, unit]) => [
        `${prefix}${name}`,
        unit.image ? { ...unit, image } : unit,
      ]),
    );
  return dump({
    ...rest,
    global: { ...rest.global, image },
    ...(functions && { functions: units(functions) }),
    ...(layers && { layers: units(layers) }),
  });
}

/** One manifest that has the units of all; the first one's global section counts. */
export function together(manifests: readonly string[]): string {
  const all = manifests.map((text) => load(text) as Manifest);
  const units = (key: 'functions' | 'layers') =>
    Object.assign({}, ...all.map((manifest) => manifest[key] ?? {})) as Units;
  return dump({ global: all[0]?.global, functions: units('functions'), layers: units('layers') });
}

/** A project in which there is whatever a manifest names: files for names with a dot, else folders. */
export function projectAround(manifest: string): string {
  const folder = newFolder();
  const { global, functions = {}, layers = {} } = load(manifest) as Manifest;
  const files: Record<string, string> = { 'manifest.yml': manifest };
  for (const { requirements, include } of [...Object.values(functions), ...Object.values(layers)]) {
    if (typeof requirements === 'string') files[requirements] = 'six==1.17.0\n';
    for (const path of Array.isArray(include) ? include.map(String) : []) {
      if (/\.\w+$/.test(path)) files[path] = 'X = 1\n';
      else files[`${path}/module.py`] = 'X = 1\n';
    }
  }
  if (typeof global?.pipconf === 'string') files[global.pipconf] = '[global]\ntimeout = 5\n';
  for (const path of Object.keys(files))
    mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFiles(folder, files);
  return folder;
}
