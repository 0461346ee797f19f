export interface Heredoc {
  /** The line that ends it. */
  readonly name: string;
  /** Tabs in front of that line count for nothing: `<<-`. */
  readonly chomps: boolean;
}

type Refuse = (problem: { readonly message: string; readonly hint: string }) => void;

/**
 * The heredocs that an instruction opens, by the words of its line; undefined, with a reason, when
 * engines disagree about them or BuildKit's rule is too odd to be followed safely.
 * @see https://docs.docker.com/reference/dockerfile/#here-documents
 */
export function heredocsOf(text: string, refuse: Refuse): readonly Heredoc[] | undefined {
  if (!text.includes('<<') || !takesHeredocs(text)) return [];
  const words = shellWords(text);
  if (words === undefined) {
    const message = 'whether << begins a heredoc here depends on the version of Docker';
    const hint =
      'close all quotes, and use no braces but plain ones and those with :- or :+ beside <<';
    refuse({ message, hint });
    return undefined;
  }
  const found: Heredoc[] = [];
  for (const [index, word] of words.entries()) {
    const [, dash, rest] = /^\d*<<(-?)([^<]*)$/.exec(word) ?? [];
    if (rest === undefined) continue;
    const [, , name] = /^(["']?)([\w.-]+)\1$/.exec(rest) ?? [];
    if (rest === '' && index === words.length - 1) continue;
    if (name === undefined) {
      const message = `Docker takes ${JSON.stringify(word)} for the begin of a heredoc`;
      const hint =
        'write << and a plain word, such as <<EOF, with blanks around them; quote what is none';
      refuse({ message, hint });
      return undefined;
    }
    found.push({ name, chomps: dash === '-' });
  }
  return found;
}

/** RUN, COPY and ADD do, also behind ONBUILD. In a JSON list every << is quoted, and so is none. */
function takesHeredocs(text: string): boolean {
  return /^(ONBUILD[\t ]\s*)?(RUN|COPY|ADD)[\t ]/i.test(text);
}

/** A variable that every engine since 23 leaves as it is when it looks for words. */
const variable = (other: string) =>
  String.raw`\$(?!\{)|\$\{(?:[A-Za-z_]\w*|\d+)(?::[-+?]${other}*)?\}`;

/** An escaped character, a quoted string, a variable, or a plain character: none ends a word. */
const wordPart = new RegExp(
  [
    String.raw`\\(?:.|$)`,
    "'[^']*'",
    String.raw`"(?:\\.|[^"\\$]|${variable(String.raw`[^{}<$"'\\]`)})*"`,
    variable(String.raw`[^{}<$"'\\\s]`),
    String.raw`[^\\'"$\s]`,
  ].join('|'),
  'suy',
);

/** Words as BuildKit's shell has them, quotes kept; undefined for what it, or an older one, refuses. */
function shellWords(text: string): readonly string[] | undefined {
  const words: string[] = [];
  let word = '';
  for (let at = 0; at < text.length; ) {
    wordPart.lastIndex = at;
    const part = wordPart.exec(text)?.[0];
    if (part !== undefined) {
      word += part;
      at += part.length;
    } else if (/\s/.test(text.charAt(at))) {
      if (word !== '') words.push(word);
      word = '';
      at += 1;
    } else {
      return undefined;
    }
  }
  return word === '' ? words : [...words, word];
}
