import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';

/**
 * The forms in which a password may be found: as it is, percent-encoded as in a URL, in the header
 * of HTTP's basic authentication, and, whatever else is done to the characters around it, by the
 * letters and digits in its middle, plain or in base64 at any of the three places of a group.
 */
export function formsOf(user: string, password: string, middle: string): readonly string[] {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const shifted = ['', 'x', 'xx'].map((before) => {
    // The first and last characters depend on what is around.
    const coded = base64(before + middle).replaceAll('=', '');
    return coded.slice(before.length === 0 ? 0 : before.length + 1, -1);
  });
  return [
    password,
    encodeURIComponent(password),
    base64(`${user}:${password}`),
    middle,
    ...shifted,
  ];
}

/** Which of the words are in some bytes. */
export function wordsIn(bytes: Buffer, words: readonly string[]): readonly string[] {
  return words.filter((word) => bytes.includes(word));
}

/** Which of the words are in a stream of any length. */
export async function wordsInStream(
  stream: Readable,
  words: readonly string[],
): Promise<readonly string[]> {
  const longest = Math.max(...words.map((word) => Buffer.byteLength(word)));
  const found = new Set<string>();
  let end = Buffer.alloc(0);
  for await (const chunk of stream) {
    const bytes = Buffer.concat([end, chunk]);
    for (const word of wordsIn(bytes, words)) found.add(word);
    end = bytes.subarray(-longest);
  }
  return words.filter((word) => found.has(word));
}

/** Which of the words are in a file; none if it is gone by now, as an engine's own files may be. */
export async function wordsInFile(
  path: string,
  words: readonly string[],
): Promise<readonly string[]> {
  try {
    return await wordsInStream(createReadStream(path, { highWaterMark: 1 << 20 }), words);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENXIO') return [];
    throw error;
  }
}
