/** `--name=value` in front of an instruction's arguments. */
export interface Flags {
  readonly texts: readonly string[];
  /** Where the arguments begin. */
  readonly end: number;
}

/**
 * A flag without blanks, escapes and characters beyond ASCII: with those BuildKit, which reads flags
 * byte by byte, and other readers come to different ends.
 */
const plainFlag = /--[\w-]*(?:=(?:[!#-&(-[\]-~]|"[!#-[\]-~]*"|'[!-&(-[\]-~]*')*)?(?=[\t ]|$)/y;

/** The flags that arguments begin with; undefined when one of them is not plain. */
export function flagsOf(args: string): Flags | undefined {
  const texts: string[] = [];
  let end = 0;
  for (;;) {
    const blanks = /^[\t ]*/.exec(args.slice(end))?.[0].length ?? 0;
    if (!args.startsWith('--', end + blanks)) return { texts, end };
    plainFlag.lastIndex = end + blanks;
    const text = plainFlag.exec(args)?.[0];
    if (text === undefined || text === '--') return undefined;
    texts.push(text);
    end += blanks + text.length;
  }
}
