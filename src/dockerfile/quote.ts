/**
 * One word of a POSIX shell command, quoted where it needs to be.
 * @throws RangeError for characters that no quoting can carry through a Dockerfile line.
 */
export function shellWord(word: string): string {
  refuseControlCharacters(word);
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  // Two `<` are parted, because not every parser of Dockerfiles knows that quotes end heredocs.
  return `'${word.replaceAll("'", `'\\''`).replace(/<(?=<)/g, "<''")}'`;
}

/**
 * The arguments of COPY in JSON form.
 *
 * BuildKit first reads JSON, then expands variables and quotes as a shell would, then takes a
 * source as a glob (https://docs.docker.com/reference/dockerfile/#copy), so a source is escaped
 * for all three and the destination for two.
 * @param from path below the build context, or '' for the whole of it
 * @throws RangeError for what no quoting can carry; see `globSafe`.
 */
export function copyArguments(from: string, to: string): string {
  const paths = [expansionSafe(`./${globSafe(from)}`), expansionSafe(to)];
  const texts = paths.map((path) => JSON.stringify(path).replace(/<(?=<)/g, '\\u003c'));
  return `[${texts.join(', ')}]`;
}

/**
 * The arguments of a COPY that writes lines to a file. Between the marks BuildKit takes everything
 * as it is (https://docs.docker.com/reference/dockerfile/#here-documents).
 * @throws RangeError for a line that would be several, or none.
 */
export function hereDocument(lines: readonly string[], to: string): string {
  lines.forEach(refuseControlCharacters);
  let mark = 'EOF';
  while (lines.includes(mark)) mark += '_';
  return [`<<'${mark}' ${to}`, ...lines, mark].join('\n');
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
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
}

/**
 * A path as a glob that matches it alone. The same text also selects what is sent of the context,
 * as a pattern of .dockerignore's syntax, so it must mean the path there too: blanks at the ends of
 * a name would be trimmed, a set cannot hold `*` or `?`, `!` in front would make an exception, and
 * a `^` beside brackets would be an anchor (https://github.com/moby/patternmatcher).
 */
function globSafe(path: string): string {
  const glob = path.replaceAll('[', '[[]').replace(/(?<![^/])\s|\s(?![^/])/g, '[$&]');
  const refused = /[*?]|^!/.exec(path) ?? (/[[\]]/.test(glob) ? /\^/.exec(path) : null);
  if (refused === null) return glob;
  throw new RangeError(`a COPY cannot name ${JSON.stringify(path)}, because of its ${refused[0]}`);
}

function expansionSafe(path: string): string {
  refuseControlCharacters(path);
  if (path.includes('\\'))
    throw new RangeError('a backslash in a path cannot be written in a COPY');
  return path.replace(/[$"']/g, '\\$&');
}

/** Also half of a surrogate pair, which is no character in UTF-8. */
function refuseControlCharacters(text: string): void {
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)) {
    throw new RangeError(
      `a control character cannot be written in a Dockerfile: ${JSON.stringify(text)}`,
    );
  }
}
