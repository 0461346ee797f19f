import { packageKey } from '../packages/index.js';
import { type MarkerValues, olderNames } from './environment.js';
import { allowsVersion } from './version.js';

/** Parentheses in each other; no marker of a real package has three. */
const DEEPEST = 50;

/** What a marker says; undefined where it asks for something that is not known. */
type Verdict = boolean | undefined;

/**
 * Whether a requirement with this marker may be meant on the target (PEP 508): false only where the
 * marker surely says no. What asked for a package that is there is told rather than passed over.
 * @param extra the extra that is asked for; '' for none
 */
export function mayHold(marker: string, values: MarkerValues, extra = ''): boolean {
  if (marker.trim() === '') return true;
  const reader = createReader(marker);
  return alternatives(reader, values, extra, 0) !== false;
}

interface Reader {
  peek(): string | undefined;
  next(): string | undefined;
}

const token =
  /\s*(?:([()])|('[^']*'|"[^"]*")|(===|==|~=|!=|<=|>=|<|>)|(not\s+in\b|[A-Za-z0-9_.]+))/y;

function createReader(text: string): Reader {
  let at = 0;
  const read = () => {
    token.lastIndex = at;
    const match = token.exec(text);
    return match === null ? undefined : { value: match[0].trim(), end: token.lastIndex };
  };
  return {
    peek: () => read()?.value,
    next() {
      const found = read();
      at = found?.end ?? text.length;
      return found?.value;
    },
  };
}

function alternatives(reader: Reader, values: MarkerValues, extra: string, depth: number): Verdict {
  let verdict = conjunction(reader, values, extra, depth);
  while (reader.peek() === 'or') {
    reader.next();
    const other = conjunction(reader, values, extra, depth);
    verdict = verdict === true || other === true ? true : verdict === other ? verdict : undefined;
  }
  return verdict;
}

function conjunction(reader: Reader, values: MarkerValues, extra: string, depth: number): Verdict {
  let verdict = comparison(reader, values, extra, depth);
  while (reader.peek() === 'and') {
    reader.next();
    const other = comparison(reader, values, extra, depth);
    const isFalse = verdict === false || other === false;
    verdict = isFalse ? false : verdict === other ? verdict : undefined;
  }
  return verdict;
}

function comparison(reader: Reader, values: MarkerValues, extra: string, depth: number): Verdict {
  const left = reader.next();
  if (left === '(') {
    if (depth === DEEPEST) return undefined;
    const verdict = alternatives(reader, values, extra, depth + 1);
    reader.next();
    return verdict;
  }
  const operator = reader.next()?.replace(/\s+/, ' ');
  const right = reader.next();
  if (left === undefined || operator === undefined || right === undefined) return undefined;
  if (left === 'extra' || right === 'extra') {
    const wanted = packageKey(textOf(left === 'extra' ? right : left) ?? '');
    return operator === '!=' ? wanted !== extra : wanted === extra;
  }
  return compare(operandOf(left, values), operator, operandOf(right, values));
}

/** A text, or what is known of a variable. */
interface Operand {
  readonly value: string | undefined;
  readonly isVersion: boolean;
}

function operandOf(word: string, values: MarkerValues): Operand {
  const text = textOf(word);
  if (text !== undefined) return { value: text, isVersion: false };
  const name = olderNames[word] ?? word;
  const isFull = name === 'python_full_version' || name === 'implementation_version';
  if (!isFull) return { value: values.get(name), isVersion: name === 'python_version' };
  // Lambda's patch releases move on: the newest there may be stands for all of them.
  const python = values.get('python_version');
  return { value: python && `${python}.99`, isVersion: true };
}

function textOf(word: string): string | undefined {
  return /^["']/.test(word) ? word.slice(1, -1) : undefined;
}

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

function compare(left: Operand, operator: string, right: Operand): Verdict {
  if (left.value === undefined || right.value === undefined) return undefined;
  if (operator === 'in') return isIn(left, right.value);
  if (operator === 'not in') return !isIn(left, right.value);
  const asVersions = left.isVersion
    ? allowsVersion(left.value, operator, right.value)
    : right.isVersion
      ? allowsVersion(right.value, mirrored[operator] ?? operator, left.value)
      : undefined;
  if (asVersions !== undefined) return asVersions;
  const isSame = left.value === right.value;
  if (operator === '==' || operator === '===') return isSame;
  if (operator === '!=') return !isSame;
  if (operator === '<=' || operator === '>=') return isSame || undefined;
  return undefined;
}

/** `python_version in "2.7, 3.6"` is a list of versions to everybody, and part of a text by the rule. */
function isIn(left: Operand, list: string): boolean {
  if (left.isVersion) return list.split(/[\s,|]+/).includes(left.value ?? '');
  return list.includes(left.value ?? '');
}
