import type { ZipEntry } from './zip.js';

/**
 * Every entry in a line: mode, kind and path, and where a link points to. Bytecode beside its
 * sources is counted, in a last line.
 */
export function listing(entries: readonly ZipEntry[]): string {
  const compiled = entries.filter(isBytecode).length;
  return lines([
    ...entries
      .filter((entry) => !isBytecode(entry))
      .map(({ mode, kind, path, content }) => {
        const target = kind === 'link' ? ` -> ${content.toString('utf8')}` : '';
        return `${mode.toString(8).padStart(4, '0')} ${kind} ${path}${target}`;
      }),
    ...(compiled === 0 ? [] : [`and bytecode of ${compiled} sources`]),
  ]);
}

function isBytecode({ path }: ZipEntry): boolean {
  return path.includes('__pycache__/');
}

/**
 * The same in short, for layers of thousands of files: those below a folder `depth` deep are
 * counted, and the last line is the size of all of them, in whole megabytes because compilers differ.
 */
export function summary(entries: readonly ZipEntry[], depth: number): string {
  const groups = new Map<string, ZipEntry[]>();
  for (const entry of entries) {
    const parts = entry.path.split('/');
    const place = parts.length > depth ? `${parts.slice(0, depth).join('/')}/` : entry.path;
    groups.set(place, [...(groups.get(place) ?? []), entry]);
  }
  const shown = [...groups].map(([place, members]) =>
    place.endsWith('/') ? `${place} ${members.length} entries` : listing(members).trimEnd(),
  );
  const bytes = entries.reduce((sum, { content }) => sum + content.length, 0);
  return lines([...shown, `${Math.round(bytes / 1e6)} MB unzipped`]);
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
