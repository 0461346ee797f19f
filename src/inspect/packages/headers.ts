/** Fields of METADATA, PKG-INFO or WHEEL, by their names in small letters; a field may come often. */
export type Headers = ReadonlyMap<string, readonly string[]>;

/**
 * Reads the fields at the start of a metadata file, which is written like the head of a mail (PyPA,
 * "Core metadata specifications"). The description behind the first empty line is passed over, and
 * so is any line that is no field.
 */
export function readHeaders(text: string): Headers {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of headLines(text)) {
    const isContinued = line.startsWith(' ') || line.startsWith('\t');
    if (isContinued && last !== undefined) {
      last.push(`${last.pop() ?? ''}\n${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (isContinued || colon < 1) {
      last = undefined;
      continue;
    }
    const name = line.slice(0, colon).toLowerCase();
    last = headers.get(name) ?? [];
    headers.set(name, last);
    last.push(line.slice(colon + 1).trim());
  }
  return headers;
}

function* headLines(text: string): Generator<string> {
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end);
    if (line === '') return;
    yield line;
    start = end + 1;
  }
}
