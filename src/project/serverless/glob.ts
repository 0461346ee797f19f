import { escapePattern } from '../ignore-patterns/index.js';

/** Alternatives that one pattern may be written out to. */
const mostAlternatives = 100;

/** No person writes longer ones. */
const longest = 1024;

/** A pattern of the framework, or why it is not read. */
export type Glob =
  | {
      readonly kind: 'glob';
      /** The same as patterns of .dockerignore, one for each alternative in braces. */
      readonly patterns: readonly string[];
      /** The folder before the first part that has a sign of a pattern; '' is the project. */
      readonly folder: string;
      /** Whether it has no sign of a pattern: then it is a path. */
      readonly isPath: boolean;
      /** Its last part is a single star: what is in a folder, but not what is below that. */
      readonly isShallow: boolean;
    }
  | { readonly kind: 'refused'; readonly why: string; readonly hint: string };

/**
 * Reads a pattern of `package` as micromatch does, in the framework: `*` and `?` stay in a folder,
 * `**` goes below, `{a,b}` are alternatives, and a dot at a name's front is like any other sign.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/packaging#patterns
 */
export function readGlob(written: string): Glob {
  const text = written.replace(/^(?:\.\/+)+/, '').replace(/\/+$/, '');
  if (text.length > longest) return refused('is too long', 'write a shorter pattern');
  if (/[@!+?*]\(/.test(text)) {
    return refused('has an extended pattern in round brackets', 'write out what it matches');
  }
  const alternatives = withoutBraces(text);
  if (alternatives === undefined) {
    return refused(`has more than ${mostAlternatives} alternatives`, 'write fewer of them');
  }
  const parts = text.split('/');
  const firstSign = parts.findIndex((part) => /[*?[\]{}]/.test(part));
  return {
    kind: 'glob',
    patterns: alternatives.map((one) => one.split('/').map(partOf).join('/')),
    folder: firstSign < 0 ? '' : parts.slice(0, firstSign).join('/'),
    isPath: firstSign < 0,
    isShallow: parts.at(-1) === '*',
  };
}

function refused(why: string, hint: string): Glob {
  return { kind: 'refused', why, hint };
}

/** Each alternative of `{a,b}` written out; undefined for too many. */
function withoutBraces(text: string): readonly string[] | undefined {
  let found: readonly string[] = [text];
  for (;;) {
    const next: string[] = [];
    let changed = false;
    for (const one of found) {
      // The innermost braces first, which have none in them.
      const braces = /\{([^{}]*,[^{}]*)\}/.exec(one);
      if (braces === null) next.push(one);
      else {
        changed = true;
        const [whole, inside = ''] = braces;
        const after = one.slice(braces.index + whole.length);
        for (const choice of inside.split(','))
          next.push(one.slice(0, braces.index) + choice + after);
      }
      if (next.length > mostAlternatives) return undefined;
    }
    if (!changed) return next;
    found = next;
  }
}

/** A part between slashes; the signs that both read alike stay, and everything else is itself. */
function partOf(part: string): string {
  if (part === '**') return part;
  return part.replace(/\*+|\?|\[[!^]?\]?[^\]]*\]|[^*?[]+|\[/gu, (token) => {
    if (token.startsWith('*')) return '*';
    if (token === '?') return token;
    if (token.startsWith('[') && token.length > 2)
      return `[${token.slice(1, -1).replace(/^!/, '^')}]`;
    return escapePattern(token);
  });
}
