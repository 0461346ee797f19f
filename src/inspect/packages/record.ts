/** A file of a package, as its RECORD lists it. */
export interface RecordedFile {
  /** From the folder in which the metadata's folder lies. */
  readonly path: string;
  /** Bytes, where it says so. */
  readonly size?: number;
}

/**
 * Reads a RECORD: rows of path, hash and size as CSV (PyPA, "Recording installed projects"). Steps
 * out of the folder are dropped: pip records `../../bin/x` and then moves it to `bin/x` of its target.
 */
export function readRecord(text: string): readonly RecordedFile[] {
  const files: RecordedFile[] = [];
  for (const [name = '', , size = ''] of rows(text)) {
    const path = name
      .split('/')
      .filter((part) => part !== '' && part !== '.' && part !== '..')
      .join('/');
    if (path === '') continue;
    files.push(/^\d{1,15}$/.test(size) ? { path, size: Number(size) } : { path });
  }
  return files;
}

/** CSV with quotes where a value needs them; goes through the text once. */
function* rows(text: string): Generator<readonly string[]> {
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { value, end } = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(value);
    at = end + 1;
    if (text[end] === ',') continue;
    if (text[end] === '\r' && text[at] === '\n') at += 1;
    yield row;
    row = [];
  }
  if (row.length > 0) yield row;
}

function plain(text: string, start: number) {
  separator.lastIndex = start;
  const end = separator.exec(text)?.index ?? text.length;
  return { value: text.slice(start, end), end };
}

const separator = /[,\r\n]/g;

function quoted(text: string, start: number) {
  const parts: string[] = [];
  let from = start + 1;
  for (;;) {
    const found = text.indexOf('"', from);
    const end = found < 0 ? text.length : found;
    parts.push(text.slice(from, end));
    if (text[end + 1] !== '"') {
      const { value, end: after } = plain(text, Math.min(end + 1, text.length));
      return { value: parts.join('"') + value, end: after };
    }
    from = end + 2;
  }
}
