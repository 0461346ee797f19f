import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeAtomically, writeFailed } from '../artifacts/index.js';
import { PkgrError } from '../diagnostics/index.js';

/** What the page of an inspection is made with. */
export interface PageFiles {
  readonly style: string;
  readonly script: string;
}

/** The folder of the page's style and scripts; it is published beside dist/. */
const folder = new URL('../../page/', import.meta.url);

/** In an order in which each uses only those before it. */
const scripts = [
  'figures.js',
  'nodes.js',
  'squarify.js',
  'neighbour.js',
  'tile.js',
  'treemap.js',
  'table.js',
  'theme.js',
  'main.js',
];

/** Reads the style and the scripts, these as one module without imports: a page has no other file. */
export async function readPageFiles(): Promise<PageFiles> {
  const read = (name: string) => readFile(fileURLToPath(new URL(name, folder)), 'utf8');
  const [style, ...parts] = await Promise.all(['style.css', ...scripts].map(read));
  const imports = /^import \{[^}]*\} from '\.\/[a-z-]+\.js';\n/gm;
  return { style: style ?? '', script: parts.map((part) => part.replace(imports, '')).join('\n') };
}

/**
 * Writes a page, whole or not at all.
 * @param path absolute
 * @param shown the path as the user wrote it
 * @throws PkgrError when it cannot be written
 */
export async function writePage(path: string, shown: string, text: string): Promise<void> {
  try {
    await writeAtomically(path, text);
  } catch (error) {
    throw new PkgrError([writeFailed({ shown }, error)]);
  }
}
