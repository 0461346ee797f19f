/** What a word of a Dockerfile means. */
export type Expansion =
  | {
      readonly kind: 'expanded';
      readonly value: string;
      /** Variables that have no value and were taken for nothing. */
      readonly unset: readonly string[];
    }
  /** Something else than quotes, escapes and the plain forms of variables. */
  | { readonly kind: 'unknown'; readonly text: string };

/**
 * Takes quotes away and puts values in place of variables, as Docker does in ARG and FROM.
 * @see https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expand(word: string, variables: ReadonlyMap<string, string>): Expansion {
  const unset: string[] = [];
  let rest = word;
  let quoted = false;
  let value = '';
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    const match = pattern.exec(rest) ?? undefined;
    if (match !== undefined) rest = rest.slice(match[0].length);
    return match;
  };
  while (rest !== '') {
    if (take(/^"/) !== undefined) {
      quoted = !quoted;
      continue;
    }
    const plain = take(quoted ? /^\\(["$\\])|^[^"$]/u : /^\\(.)|^'([^']*)'|^[^'"$\\]/u);
    if (plain !== undefined) {
      value += plain[1] ?? plain[2] ?? plain[0];
      continue;
    }
    const [, short, name = short, operator = '', other = ''] =
      take(/^\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])((?:[^{}\\'"]|\$\{\w+\})*))?\})/) ?? [];
    if (name === undefined) return { kind: 'unknown', text: rest };
    const known = variables.get(name);
    const isSet = known !== undefined && (known !== '' || !operator.startsWith(':'));
    if (operator === '' && known === undefined) unset.push(name);
    const takesOther = operator.endsWith('-') ? !isSet : operator.endsWith('+') && isSet;
    if (!takesOther) {
      value += operator.endsWith('+') ? '' : (known ?? '');
      continue;
    }
    const expanded = expand(other, variables);
    if (expanded.kind === 'unknown') return expanded;
    value += expanded.value;
    unset.push(...expanded.unset);
  }
  return quoted ? { kind: 'unknown', text: word } : { kind: 'expanded', value, unset };
}
