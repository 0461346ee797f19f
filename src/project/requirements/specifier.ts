import type { Refusal } from './marker.js';
import { quote } from './quote.js';

/** A PEP 508 requirement without its marker: a name to look up, or a name and a URL. */
export type Specifier =
  | { readonly kind: 'named' }
  | { readonly kind: 'direct'; readonly url: string; readonly urlOffset: number }
  | Refusal;

const name = /\s*[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?[ \t]*/y;
const extras = /\[[ \t]*(?:[A-Za-z0-9][\w.-]*[ \t]*(?:,[ \t]*[A-Za-z0-9][\w.-]*[ \t]*)*)?\][ \t]*/y;
/** Any text passes as a version: old versions of pip compare also what is no version of PEP 440. */
const clause = /(===|==|~=|!=|<=|>=|<|>)\s*([^,;\s)]*)\s*/y;

/** Reads a requirement as PEP 508 and packaging do, refusing only what each of their versions refuses. */
export function readSpecifier(text: string): Specifier {
  let at = skip(name, text, 0);
  if (at === undefined) return refusal(text, `${quote(text)} does not start with a package's name`);
  at = skip(extras, text, at) ?? at;
  if (text[at] === '@') {
    const url = /^[ \t]*([^ \t]+)[ \t]*$/.exec(text.slice(at + 1));
    if (url?.[1] === undefined)
      return refusal(text, `${quote(text)} does not hold one URL after @`);
    return { kind: 'direct', url: url[1], urlOffset: text.indexOf(url[1], at + 1) };
  }
  const bracket = text[at] === '(';
  if (bracket) at = skip(/\(\s*/y, text, at) ?? at;
  for (let more = true; more; ) {
    clause.lastIndex = at;
    const match = clause.exec(text);
    if (match === null) break;
    // Old versions of pip find that something differs from no version, but nothing equals it.
    if (match[2] === '' && /^(==|~)/.test(match[1] ?? ''))
      return refusal(text, `${quote(text)} has no version after ${match[1]}`);
    at = clause.lastIndex;
    more = text[at] === ',';
    if (more) at = skip(/,\s*/y, text, at) ?? at;
  }
  if (bracket) at = skip(/\)\s*/y, text, at) ?? at;
  if (at === text.length && !(bracket && !text.includes(')'))) return { kind: 'named' };
  return refusal(
    text,
    `${quote(text)} is no requirement: ${quote(text.slice(at))} is not understood`,
  );
}

function skip(pattern: RegExp, text: string, from: number): number | undefined {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function refusal(text: string, problem: string): Refusal {
  if (/[^=<>!~]=[^=]/.test(text))
    return { kind: 'invalid', problem, hint: 'write == for one version' };
  return { kind: 'invalid', problem };
}
