import { nearest } from '../../diagnostics/index.js';
import { quote } from './quote.js';

/** A text that every version of pip refuses, with what was probably meant. */
export interface Refusal {
  readonly kind: 'invalid';
  readonly problem: string;
  readonly hint?: string;
}

/** PEP 508's variables, the older spellings with a dot, and those of later standards. */
const variables = new Set(
  'python_version python_full_version os_name os.name sys_platform sys.platform platform_release platform_system platform_version platform.version platform_machine platform.machine platform_python_implementation platform.python_implementation python_implementation implementation_name implementation_version extra extras dependency_groups'.split(
    ' ',
  ),
);

const token = /\s*(?:([()])|('[^']*'|"[^"]*")|(===|==|~=|!=|<=|>=|<|>)|([A-Za-z0-9_.]+))/y;

/**
 * Why pip would refuse an environment marker, or undefined (PEP 508). It says nothing about
 * versions and values, and needs no stack, so that a thousand parentheses do no harm.
 */
export function markerProblem(marker: string): Refusal | undefined {
  let expected: 'operand' | 'operator' | 'right' | 'more' = 'operand';
  let depth = 0;
  token.lastIndex = 0;
  let end = 0;
  for (let match = token.exec(marker); match !== null; match = token.exec(marker)) {
    const [, bracket, string, operator, word] = match;
    end = token.lastIndex;
    if (expected === 'operand' && bracket === '(') depth += 1;
    else if (expected === 'operand' || expected === 'right') {
      if (string === undefined && (word === undefined || !variables.has(word))) {
        return badOperand(marker, match[0].trim());
      }
      expected = expected === 'operand' ? 'operator' : 'more';
    } else if (expected === 'operator') {
      const isNot = word === 'not' && takeIn(marker);
      if (operator === undefined && word !== 'in' && !isNot) return refusal(marker);
      expected = 'right';
    } else if (bracket === ')' && depth > 0) depth -= 1;
    else if (word === 'and' || word === 'or') expected = 'operand';
    else return refusal(marker);
  }
  if (marker.slice(end).trim() === '' && expected === 'more' && depth === 0) return undefined;
  return refusal(marker);
}

/** Moves on past the `in` of `not in`. */
function takeIn(marker: string): boolean {
  const after = /^\s+in\b/.exec(marker.slice(token.lastIndex, token.lastIndex + 80));
  if (after === null) return false;
  token.lastIndex += after[0].length;
  return true;
}

function badOperand(marker: string, word: string): Refusal {
  if (!/^[A-Za-z_.0-9]+$/.test(word)) return refusal(marker);
  const meant = nearest(word.slice(0, 60), variables);
  return {
    kind: 'invalid',
    problem: `${quote(word)} is no variable of environment markers`,
    hint: meant === undefined ? `put quotation marks around a value` : `did you mean ${meant}?`,
  };
}

function refusal(marker: string): Refusal {
  return { kind: 'invalid', problem: `${quote(marker)} is no environment marker` };
}
