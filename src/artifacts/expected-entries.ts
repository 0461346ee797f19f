import { readTar, type TarEntry, UnexpectedTar } from './tar-reader.js';

/**
 * The files of a tar stream, which must be exactly the expected ones, each once, in any order, with
 * nothing else but the folders that they are in.
 * No other name is handed over, so that none can lead out of a folder.
 * @throws UnexpectedTar
 */
export async function* readExpected(
  tar: AsyncIterable<Uint8Array>,
  names: Iterable<string>,
): AsyncGenerator<TarEntry, void> {
  const expected = new Set(names);
  const missing = new Set(expected);
  for await (const entry of readTar(tar, foldersOf(expected))) {
    if (!missing.delete(entry.name)) {
      const problem = expected.has(entry.name) ? 'came twice' : 'was not asked for';
      throw new UnexpectedTar(`The tar entry ${JSON.stringify(entry.name)} ${problem}`);
    }
    yield entry;
  }
  const [first] = missing;
  if (first !== undefined) {
    throw new UnexpectedTar(`The tar stream ended without ${JSON.stringify(first)}`);
  }
}

function foldersOf(names: Iterable<string>): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const name of names) {
    for (let end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
      folders.add(name.slice(0, end + 1));
    }
  }
  return folders;
}
