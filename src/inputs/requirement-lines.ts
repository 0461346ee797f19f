import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DependencySet } from '../plan/index.js';
import { requirementLines } from '../project/index.js';
import { shortHash } from './folder.js';

/** Files of which pip does not read lines. */
const archive = /\.(whl|zip|gz|bz2|xz|tgz)$/i;

/**
 * Lines of everything that pip reads lines of, by file; those in the manifest by the manifest.
 * @param root absolute path of the project
 */
export async function readLines(
  { requirements, inputs }: DependencySet,
  manifest: string,
  root: string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const own = requirements.flatMap((each) => (each.kind === 'line' ? recordedLine(each.text) : []));
  const named = requirements.flatMap((each) => (each.kind === 'file' ? each.path : []));
  const others = inputs.filter(({ kind, path }) => kind === 'file' && !archive.test(path));
  const files = [...new Set([...named, ...others.map(({ path }) => path)])].sort();
  const lines = await Promise.all(
    files.map(async (path) => [path, recordedLines(await readFile(join(root, path), 'utf8'))]),
  );
  return Object.fromEntries([...(own.length === 0 ? [] : [[manifest, own]]), ...lines]);
}

/**
 * The lines of a requirements file as they may be recorded: without comments, with one short hash for
 * all the hashes of a line, and without what can be a secret in an address.
 */
export function recordedLines(text: string): readonly string[] {
  return requirementLines(text).map((line) => recordedLine(line.text));
}

/** The same of a single line, such as one of the manifest. */
export function recordedLine(text: string): string {
  const hashes = text.match(/\s--hash[=\s]\s*\S+/g) ?? [];
  const shown = hashes.reduce((rest, hash) => rest.replace(hash, ''), text);
  const hash = hashes.length === 0 ? '' : ` --hash=${shortHash(hashes.join(' '))}`;
  return withoutSecrets(shown) + hash;
}

/** Addresses without user and password, and without a query, in which a token can be. */
function withoutSecrets(text: string): string {
  return text
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/]*@/gi, '$1')
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s?#]*)\?[^\s#]*/gi, '$1');
}
