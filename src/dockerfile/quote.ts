/**
 * One word of a POSIX shell command, quoted where it needs to be.
 * @throws RangeError for characters that no quoting can carry through a Dockerfile line.
 */
export function shellWord(word: string): string {
  refuseControlCharacters(word);
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * The arguments of COPY in JSON form.
 *
 * BuildKit first reads JSON, then expands variables and quotes as a shell would, then takes a
 * source as a glob (https://docs.docker.com/reference/dockerfile/#copy), so a source is escaped
 * for all three and the destination for two.
 * @param from path below the build context, or '' for the whole of it
 * @throws RangeError for characters that no quoting can carry.
 */
export function copyArguments(from: string, to: string): string {
  return `[${JSON.stringify(expansionSafe(globSafe(`./${from}`)))}, ${JSON.stringify(expansionSafe(to))}]`;
}

/** A variable's name as POSIX has it, which is also what an ENV takes as it is. */
export function environmentName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new RangeError(`not the name of an environment variable: ${JSON.stringify(name)}`);
  }
  return name;
}

/** The value of an ENV in double quotes. */
export function environmentValue(value: string): string {
  refuseControlCharacters(value);
  return `"${value.replace(/[\\"$]/g, '\\$&')}"`;
}

/** A plain word that dockerfile-generator prints as it is: an image, a stage, an absolute path. */
export function plainWord(word: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:/@+-]*$|^\/[A-Za-z0-9._/-]*$/.test(word)) {
    throw new RangeError(`not a plain word: ${JSON.stringify(word)}`);
  }
  return word;
}

/** A comment line; whatever would end it or hide in it is shown as a question mark. */
export function commentText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}

function globSafe(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}

function expansionSafe(path: string): string {
  refuseControlCharacters(path);
  if (path.includes('\\'))
    throw new RangeError('a backslash in a path cannot be written in a COPY');
  return path.replace(/[$"']/g, '\\$&');
}

function refuseControlCharacters(text: string): void {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text)) {
    throw new RangeError(
      `a control character cannot be written in a Dockerfile: ${JSON.stringify(text)}`,
    );
  }
}
