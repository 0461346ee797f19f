import { posix } from 'node:path';
import type { ResolvedPackage } from '../artifacts/index.js';
import type { AskedLine } from '../inspect/index.js';

/**
 * Requirements with the names of the packages they ask for where they are written as paths of the
 * project, which tell none: the build has noted which package came from where.
 */
export function withPackageNames(
  lines: readonly AskedLine[],
  packages: readonly ResolvedPackage[],
): readonly AskedLine[] {
  const names = new Map(
    packages.flatMap(({ name, path }) => (path === undefined ? [] : [[path, name] as const])),
  );
  if (names.size === 0) return lines;
  return lines.map((line) => {
    const name = names.get(pathOf(line.text));
    return name === undefined ? line : { ...line, name };
  });
}

/** As the build notes it: from the project folder, without extras, marker and URL. */
function pathOf(text: string): string {
  const path = text
    .slice(0, 4000)
    .replace(/;.*$/s, '')
    .replace(/\[[^\]]*\]\s*$/, '')
    .replace(/^([^@]*@)?\s*file:(\/\/)?/i, '');
  return posix.normalize(path.trim()).replace(/\/$/, '');
}
