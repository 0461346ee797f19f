import { rangesOfSet } from '../../manifest/index.js';

/** Whether a name is what the tokens say; in time that no number of stars can explode. */
export function matchesName(tokens: readonly string[], name: string): boolean {
  const characters = [...name];
  let token = 0;
  let afterStar = -1;
  let resume = 0;
  for (let at = 0; at < characters.length; ) {
    if (tokens[token] === '*') {
      token += 1;
      [afterStar, resume] = [token, at];
    } else if (isOne(tokens[token], characters[at] ?? '')) {
      token += 1;
      at += 1;
    } else if (afterStar >= 0) {
      resume += 1;
      [token, at] = [afterStar, resume];
    } else {
      return false;
    }
  }
  return tokens.slice(token).every((rest) => rest === '*');
}

/** The only name that the tokens match; undefined when there may be more. */
export function onlyName(tokens: readonly string[]): string | undefined {
  if (tokens.some((token) => /^[*?]|^\[./su.test(token))) return undefined;
  return tokens.map((token) => token.replace(/^\\(?=.)/su, '')).join('');
}

function isOne(token: string | undefined, character: string): boolean {
  if (token === undefined || token === character || token === '?') return token !== undefined;
  if (token.startsWith('\\')) return token.slice(1) === character;
  return token.startsWith('[') && token.length > 1 && isInSet(token, character);
}

/** Members and ranges, as in Go's filepath.Match, which Docker uses. */
function isInSet(set: string, character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  const found = rangesOfSet(set).some(([low, high]) => low <= code && code <= high);
  return found !== set.startsWith('[^');
}
