import { quoteName, type ZipProblems } from './problem.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * An entry's path below the folder that a zip is unpacked to: names joined by `/`, with neither `.`
 * nor empty ones. undefined, with a problem told, for a name that some system would write elsewhere.
 */
export function readPath(bytes: Buffer, problems: ZipProblems): string | undefined {
  let name: string;
  try {
    name = utf8.decode(bytes);
  } catch {
    const shown = quoteName(bytes.toString('latin1'));
    problems.add('zip-unsafe-name', `has an entry ${shown} whose name is not in UTF-8`);
    return undefined;
  }
  const why = whyUnsafe(name);
  if (why === undefined) {
    const path = name
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/');
    if (path !== '') return path;
  }
  problems.add(
    'zip-unsafe-name',
    `has an entry ${quoteName(name)}, ${why ?? 'which names nothing'}`,
    'do not unpack it; build it again from what you trust',
  );
  return undefined;
}

function whyUnsafe(name: string): string | undefined {
  if (name.includes('\0')) return 'whose name holds a NUL, behind which some readers stop';
  if (name.includes('\\')) return 'whose backslash is another path on Windows';
  if (name.startsWith('/')) return 'which is an absolute path';
  if (/^[A-Za-z]:\//.test(name)) return 'which is an absolute path on Windows';
  if (name.split('/').includes('..')) return 'which leads out of where it is unpacked';
  return undefined;
}
