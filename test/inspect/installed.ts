import { type InspectedZip, inspectZip, type KnownUnit } from '../../src/inspect/index.js';
import { type MadeEntry, zipBytes } from '../zip/make-zip.js';
import { opened } from '../zip/opened.js';

/** An installed package: its version, what it needs, and the sizes of its files. */
export interface Installed {
  readonly version?: string;
  readonly requires?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
}

/** Entries of installed packages below a folder, as pip and pkgr leave them. */
export function installed(
  packages: Readonly<Record<string, Installed>>,
  below = '',
): readonly MadeEntry[] {
  return Object.entries(packages).flatMap(([name, { version = '1.0', requires = [], files }]) => {
    const folder = `${name.replaceAll('-', '_')}-${version}.dist-info`;
    const module = { [`${name.replaceAll('-', '_')}.py`]: 'x'.repeat(1000) };
    const contents = Object.entries(files ?? module);
    const lines = requires.map((line) => `Requires-Dist: ${line}\n`).join('');
    const record = contents.map(([path, text]) => `${path},sha256=x,${text.length}\n`).join('');
    return [
      {
        name: `${below}${folder}/METADATA`,
        content: `Name: ${name}\nVersion: ${version}\n${lines}\n`,
      },
      { name: `${below}${folder}/RECORD`, content: record },
      ...contents.map(([path, content]) => ({ name: below + path, content })),
    ];
  });
}

/** What is told of a zip with these entries. */
export function inspected(
  entries: readonly MadeEntry[],
  unit: Partial<KnownUnit> & {
    readonly lines?: readonly string[];
    readonly own?: readonly string[];
  } = {},
): InspectedZip {
  const { lines, own = [], ...known } = unit;
  const at = { file: 'requirements.txt', column: 1 };
  const project = lines && {
    lines: lines.map((text, index) => ({ text, at: { ...at, line: index + 1 } })),
    isOwn: (path: string) => own.includes(path),
  };
  return inspectZip(opened(zipBytes(entries)), {
    kind: 'function',
    name: 'a',
    path: 'dist/a.zip',
    layers: [],
    ...known,
    ...(project && { project }),
  });
}
