/** A word of an option list, unquoted, with the offset at which it starts in the text. */
export interface Word {
  readonly text: string;
  readonly offset: number;
}

export type Split =
  | { readonly kind: 'words'; readonly words: readonly Word[] }
  | { readonly kind: 'unclosed'; readonly offset: number };

/** Splits as Python's shlex.split does in POSIX mode, which pip applies to the options of a line. */
export function shellWords(text: string): Split {
  const words: Word[] = [];
  let word = '';
  let start = -1;
  let quote = '';
  let quotedAt = 0;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] as string;
    if (quote !== '') {
      const next = text[index + 1];
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"' && (next === '"' || next === '\\')) {
        word += next;
        index += 1;
      } else word += char;
    } else if (' \t\r\n'.includes(char)) {
      if (start !== -1) words.push({ text: word, offset: start });
      word = '';
      start = -1;
    } else {
      if (start === -1) start = index;
      if (char === '"' || char === "'") {
        quote = char;
        quotedAt = index;
      } else if (char === '\\') {
        const next = text[index + 1];
        if (next === undefined) return { kind: 'unclosed', offset: index };
        word += next;
        index += 1;
      } else word += char;
    }
  }
  if (quote !== '') return { kind: 'unclosed', offset: quotedAt };
  if (start !== -1) words.push({ text: word, offset: start });
  return { kind: 'words', words };
}
