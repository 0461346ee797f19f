import { patternTokens } from '../../manifest/index.js';
import { matchesName, onlyName } from './name.js';

/** A component of a pattern: what stands between slashes. */
interface Part {
  readonly text: string;
  readonly tokens: readonly string[];
  /** The only name that it matches; absent when there may be more. */
  readonly only?: string;
}

/** A pattern's components, cleaned as Go's filepath.Clean does; none when it can match nothing. */
export type Parts = readonly Part[];

export interface Rule {
  readonly sign: '' | '!';
  readonly parts: Parts;
}

export function readPattern(pattern: string): Rule {
  const text = pattern.trim();
  const sign = text.startsWith('!') ? '!' : '';
  const path = text.slice(sign.length).trim();
  const cleaned: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') cleaned.push(part);
    else if (cleaned.pop() === undefined && !path.startsWith('/')) return { sign, parts: [] };
  }
  const parts = cleaned.filter((part, index) => part !== '**' || cleaned[index - 1] !== '**');
  // BuildKit takes `**` and plain text as "ends with this text", so `**.py` is `**/*.py`.
  const ending = /^\*\*([^*?[\]\\]+)$/.exec(parts.join('/'))?.[1];
  if (ending === undefined || ending.startsWith('/')) return { sign, parts: parts.map(partOf) };
  return { sign, parts: ['**', ...`*${ending}`.split('/')].map(partOf) };
}

/**
 * The parts as a pattern again, in which a name's own blank or `!` in front stays part of it, and
 * what is left of `a/**.py` does not become `**.py`.
 */
export function printParts(parts: Parts): string {
  return textOf(parts)
    .replace(/^\*\*(?=[^/])/, '**/')
    .replace(/^!/, '\\!')
    .replace(/^\s/, '[$&]');
}

/** Patterns of which nothing has been met yet. */
export function startOf(parts: Parts): readonly Parts[] {
  return parts.length === 0 ? [] : [parts];
}

/** What may be left of a pattern one name further down, and whether it matches up to there. */
export function advance(remaining: readonly Parts[], name: string) {
  const all = remaining.flatMap((rest) => step(rest, name));
  if (all.length === 0) return { matched: false, rests: all };
  const rests = all.filter((rest) => rest.length > 0);
  const matched = rests.length < all.length;
  if (rests.length < 2) return { matched, rests };
  return { matched, rests: [...new Map(rests.map((rest) => [textOf(rest), rest])).values()] };
}

/**
 * What is left of a pattern after the folder's next name; an empty rest has matched.
 * A `**` that does not stand alone is nothing or ends behind a slash: `a**b` is `ab` or `a*`, any
 * folders, `b`; and `a**` with a slash behind it may be nothing together with that slash.
 */
function step(parts: Parts, name: string): readonly Parts[] {
  const [first] = parts;
  if (first === undefined || (first.only ?? name) !== name) return [];
  const others = parts.slice(1);
  if (first.only !== undefined) return [others];
  if (first.text === '**') return [parts, ...(others.length === 0 ? [[]] : step(others, name))];
  const found: Parts[] = [];
  const plain: string[] = [];
  for (const [index, token] of first.tokens.entries()) {
    if (token !== '**') {
      plain.push(token);
      continue;
    }
    const tail = first.tokens.slice(index + 1).join('');
    const after = tail === '' ? others : [partOf(tail), ...others];
    if (!matchesName([...plain, '*'], name)) return found;
    if (after.length === 0) return [...found, [], [partOf('**')]];
    found.push([partOf('**'), ...after]);
    const [next, ...rest] = others;
    if (tail === '') {
      const glued = partOf(plain.join('') + (next?.text ?? ''));
      return [...found, ...step([glued, ...rest], name)];
    }
  }
  return matchesName(plain, name) ? [...found, others] : found;
}

function partOf(text: string): Part {
  const tokens = patternTokens(text);
  const only = onlyName(tokens);
  return { text, tokens, ...(only !== undefined && { only }) };
}

function textOf(parts: Parts): string {
  return parts.map(({ text }) => text).join('/');
}
