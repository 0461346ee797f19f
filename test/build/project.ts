import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A file's content, a link, or (with a name that ends in a slash) a folder. */
export type Content = string | Uint8Array | { readonly link: string };

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * A new folder that is gone when the tests of the file are over; it stays if all are skipped, so
 * that what only they need is made in a hook or a test.
 */
export function newFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'test-of-build-')));
  folders.push(folder);
  return folder;
}

/** A project in a folder of its own. */
export function newProject(files: Readonly<Record<string, Content>>): string {
  const folder = newFolder();
  writeFiles(folder, files);
  return folder;
}

/** Writes files with the mode 0644, or 0755 for those whose content begins with `#!`. */
export function writeFiles(folder: string, files: Readonly<Record<string, Content>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (name.endsWith('/')) continue;
    rmSync(path, { force: true });
    if (typeof content === 'object' && 'link' in content) symlinkSync(content.link, path);
    else {
      writeFileSync(path, content);
      chmodSync(path, content.toString().startsWith('#!') ? 0o755 : 0o644);
    }
  }
}

/** Text that no earlier run has used: what holds it is not in Docker's cache. */
export function fresh(): string {
  return randomBytes(8).toString('hex');
}

/** Hashes of the zips in the output folder, by the name of the unit. */
export function zipHashes(folder: string, output = 'dist'): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, output)).filter((name) => name.endsWith('.zip'));
  return Object.fromEntries(
    names.sort().map((name) => [name.slice(0, -'.zip'.length), hashOf(join(folder, output, name))]),
  );
}

export function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
