/** The form of an environment variable that pip replaces in a requirements file. */
const variable = /\$\{[A-Z0-9_]+\}/;
const onlyVariables = /^(\$\{[A-Z0-9_]+\})+$/;

/** Beginnings of access tokens, which people write in the place of the user's name. */
const token = /^(gh[opsur]_|github_pat_|glpat-|pypi-|ATBB|dckr_)/;

/** A password or token written into a URL: where the URL starts, what is to be hidden, whose it is. */
export interface WrittenCredentials {
  readonly offset: number;
  readonly from: number;
  readonly to: number;
  readonly host: string;
}

/** Whether pip would put an environment variable into the text. */
export function hasVariable(text: string): boolean {
  return variable.test(text);
}

/** A piece of a file, fit to be shown: no password, not endless, in quotation marks. */
export function quote(text: string): string {
  const shown = withoutSecrets(text.slice(0, 4000));
  return `"${shown.length > 120 ? `${shown.slice(0, 117)}...` : shown}"`;
}

/** Every password and access token that stands in a URL of the text, but not `${VARIABLES}`. */
export function writtenCredentials(text: string): readonly WrittenCredentials[] {
  const all: WrittenCredentials[] = [];
  let end = 0;
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    if (at < end) continue;
    const found = credentialsAt(text, at);
    if (found === undefined) continue;
    all.push(found);
    end = found.to;
  }
  return all;
}

function credentialsAt(text: string, at: number): WrittenCredentials | undefined {
  const from = at + 3;
  const to = endOfUser(text, from);
  if (to === undefined) return undefined;
  const user = text.slice(from, to);
  const colon = user.indexOf(':');
  const secret = colon === -1 ? '' : user.slice(colon + 1);
  const name = colon === -1 ? user : user.slice(0, colon);
  const written = secret !== '' && !onlyVariables.test(secret);
  if (!written && !token.test(name)) return undefined;
  let offset = at;
  while (offset > 0 && /[a-z0-9+.-]/i.test(text[offset - 1] as string)) offset -= 1;
  const host = /^[^\s/?#:;"']*/.exec(text.slice(to + 1, to + 200))?.[0] ?? '';
  return { offset, from, to, host };
}

/**
 * Where user and password end: at the last `@` before the path. A password with a slash in it is
 * no URL, but it is a password: then the `@` is looked for beyond, unless what follows the colon is a port.
 */
function endOfUser(text: string, from: number): number | undefined {
  const part = /^[^\s/?#"']*/.exec(text.slice(from, from + 4000))?.[0] ?? '';
  const sign = part.lastIndexOf('@');
  if (sign !== -1) return from + sign;
  const colon = part.indexOf(':');
  if (colon === -1 || /^\d*$/.test(part.slice(colon + 1))) return undefined;
  // Not far, so that a hostile line takes linear time.
  const rest = text.slice(from + part.length, from + part.length + 500);
  const beyond = (/^\S*/.exec(rest)?.[0] ?? '').lastIndexOf('@');
  return beyond === -1 ? undefined : from + part.length + beyond;
}

/** The text with every password and access token of a URL replaced by asterisks. */
export function withoutSecrets(text: string): string {
  let shown = '';
  let done = 0;
  for (const { from, to } of writtenCredentials(text)) {
    shown += `${text.slice(done, from)}****`;
    done = to;
  }
  // Also where the scheme was forgotten: user:password@host.
  return (shown + text.slice(done)).replace(/(^|[\s"'=])[^\s"'=/:@]+:[^\s@/]+@/g, '$1****@');
}
