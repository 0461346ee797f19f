import { readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { readText, runtimeOf, unreadPackages } from './python-tools.js';
import type { Keys, Starter, StarterUnit } from './starter.js';

/** Folders that hold no code of the project's own. */
const passedOver =
  /^(\..*|node_modules|__pycache__|venv|env|virtualenv|site-packages|dist|build|tests?|docs?|examples?)$/;
/** Folders below the project in which a handler is looked for. */
const DEPTH = 4;
/** Files that are looked at: a project is no file system. */
const FILES = 5000;
/** Bytes of a file that are read. */
const SIZE = 256 * 1024;

interface Source {
  /** Path below the project, and the folder that it is in, '' for the project. */
  readonly path: string;
  readonly folder: string;
  /** The module's name. */
  readonly module: string;
  readonly handler?: string;
  /** First parts of the names of what it imports. */
  readonly imports: ReadonlySet<string>;
}

/**
 * Finds functions in a folder that has no manifest: files with a function of two parameters that is
 * called as Lambda's documentation calls a handler. Reads the folder and runs nothing of it.
 * @param root absolute path
 * @returns undefined when there is no handler
 * @see https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html
 */
export async function fromFolders(root: string): Promise<Starter | undefined> {
  const paths = await pythonFiles(root, '', DEPTH, { left: FILES });
  const sources = await Promise.all(paths.map((path) => sourceOf(root, path)));
  const entries = sources.filter(({ handler }) => handler !== undefined);
  if (entries.length === 0) return undefined;
  const { runtime, says } = await runtimeOf(root);
  const files = new Set(await requirementFiles(root, entries));
  const shared = sharedCode(sources, entries);
  const names = uniqueNames(entries);
  const global = files.has('requirements.txt') ? ['requirements.txt'] : [];
  const decisions = [
    `${entries.length} function${entries.length === 1 ? '' : 's'}: each file with a handler that takes an event and a context.`,
    says,
    ...(global.length > 0 ? ['requirements.txt of the project is for every function.'] : []),
    ...(await unreadPackages(root, files)),
    ...shared.map((path) => `${path} is for every function: some import what is in it.`),
  ];
  const units = entries.map((entry, index): StarterUnit => {
    const own = entry.folder === '' ? [] : [`${entry.folder}/requirements.txt`];
    const requirements = [...global, ...own.filter((path) => files.has(path))];
    const code = entry.folder === '' ? './' : `${entry.folder}/`;
    const keys: Keys = {
      runtime,
      handler: `${entry.module}.${entry.handler}`,
      ...(requirements.length > 0 && { requirements }),
      include: [...shared, code],
      ...(entry.folder === '' && { exclude: ['**/tests', '.*', 'pkgr.yml', '*.md'] }),
    };
    const comments = [`${entry.handler}() in ${entry.path}`];
    return { kind: 'function', name: names[index] ?? '', comments, keys };
  });
  return { origin: 'the Python files of this folder', decisions, units };
}

async function pythonFiles(
  root: string,
  folder: string,
  depth: number,
  budget: { left: number },
): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  entries.sort((one, other) => (one.name < other.name ? -1 : 1));
  for (const entry of entries) {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory() && depth > 0 && !passedOver.test(entry.name)) {
      found.push(...(await pythonFiles(root, path, depth - 1, budget)));
    } else if (entry.isFile() && entry.name.endsWith('.py') && budget.left > 0) {
      budget.left -= 1;
      found.push(path);
    }
  }
  return found;
}

async function sourceOf(root: string, path: string): Promise<Source> {
  const text = (await readFile(join(root, path), 'utf8')).slice(0, SIZE);
  const handler =
    /^(?:async[ \t]+)?def[ \t]+(lambda_handler|handler|\w*_handler|main|run)[ \t]*\([ \t]*_?event\b[^,()]*,[ \t]*_?context\b/m.exec(
      text,
    )?.[1];
  const folder = posix.dirname(path) === '.' ? '' : posix.dirname(path);
  return {
    path,
    folder,
    module: posix.basename(path, '.py'),
    ...(handler !== undefined && { handler }),
    imports: importsIn(text),
  };
}

/** First parts of the names that `from a.b import c` and `import a.b, c as d` name. */
function importsIn(text: string): ReadonlySet<string> {
  const from = text.matchAll(/^[ \t]*from[ \t]+([A-Za-z_]\w*)/gm);
  const lists = text.matchAll(/^[ \t]*import[ \t]+([^#;\n]*)/gm);
  const names = [...lists].flatMap(([, list = '']) => list.split(','));
  const first = names.flatMap((name) => /^[ \t]*([A-Za-z_]\w*)/.exec(name)?.[1] ?? []);
  return new Set([...[...from].flatMap(([, name]) => name ?? []), ...first]);
}

/** Folders without a handler of which functions import a module, or which they import themselves. */
function sharedCode(sources: readonly Source[], entries: readonly Source[]): readonly string[] {
  const isEntry = new Set(entries.map(({ folder }) => folder));
  const wanted = (name: string, folder: string) =>
    entries.some((entry) => entry.folder !== folder && entry.imports.has(name));
  const found = new Set<string>();
  for (const { folder, module } of sources) {
    // With the project itself included, all of it is there.
    if (folder === '' || isEntry.has(folder) || isEntry.has('')) continue;
    if ([...isEntry].some((entry) => folder.startsWith(`${entry}/`))) continue;
    if (wanted(module, folder)) found.add(`${folder}/`);
    else if (!folder.includes('/') && wanted(folder, folder)) found.add(folder);
  }
  return [...found].sort();
}

/** By folder, or by file where a folder has several handlers; numbered where that is not enough. */
function uniqueNames(entries: readonly Source[]): readonly string[] {
  const taken = new Set<string>();
  return entries.map(({ folder, module }) => {
    const isOnly = entries.filter((entry) => entry.folder === folder).length === 1;
    const wanted = isOnly && folder !== '' ? posix.basename(folder) : module;
    const base =
      wanted.replace(/[^A-Za-z0-9._-]/g, '-').replace(/^[^A-Za-z0-9]+|\.+$/g, '') || 'function';
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${base}-${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

async function requirementFiles(
  root: string,
  entries: readonly Source[],
): Promise<readonly string[]> {
  const paths = ['', ...new Set(entries.map(({ folder }) => folder))].map((folder) =>
    posix.join(folder, 'requirements.txt'),
  );
  const texts = await Promise.all(paths.map((path) => readText(root, path)));
  return paths.filter((_, index) => texts[index] !== undefined);
}
