import { readTar, type TarEntry, UnexpectedTar } from './tar-reader.js';

/**
 * The entries of a tar stream, which must be exactly the expected ones, each once, in any order.
 * No other name is handed over, so that none can lead out of a folder.
 * @throws UnexpectedTar
 */
export async function* readExpected(
  tar: AsyncIterable<Uint8Array>,
  names: Iterable<string>,
): AsyncGenerator<TarEntry, void> {
  const expected = new Set(names);
  const missing = new Set(expected);
  for await (const entry of readTar(tar)) {
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
