import { TextDecoder } from 'node:util';

/** A requirements file as text, or why its bytes are none. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'undecodable';
      readonly problem: string;
      readonly hint: string;
      /** The first line that cannot be read, counted from 1. */
      readonly line: number;
    };

/** pip's pattern for PEP 263's comment; it looks at the first two lines that start with `#`. */
const codingComment = /coding[:=]\s*([-\w.]+)/;

const saveAsUtf8 =
  'save it as UTF-8, or name its encoding in the first line: # -*- coding: latin-1 -*-';

/**
 * Decodes as pip does: a byte order mark, then a coding comment, then UTF-8.
 * Undeclared bytes that are not UTF-8 are refused: pip would read them by the image's locale, or not at all.
 */
export function decodeRequirements(bytes: Uint8Array): Decoded {
  if (starts(bytes, [0xff, 0xfe, 0, 0]) || starts(bytes, [0, 0, 0xfe, 0xff])) {
    return undecodable('is written in UTF-32, which pip reads by chance only', 1);
  }
  if (starts(bytes, [0xef, 0xbb, 0xbf])) return decodeAs('utf-8', bytes.subarray(3));
  if (starts(bytes, [0xff, 0xfe])) return decodeAs('utf-16le', bytes.subarray(2));
  if (starts(bytes, [0xfe, 0xff])) return decodeAs('utf-16be', bytes.subarray(2));
  return decodeAs(declaredEncoding(bytes) ?? 'utf-8', bytes);
}

function declaredEncoding(bytes: Uint8Array): string | undefined {
  const first = bytes.indexOf(0x0a);
  const second = first === -1 ? -1 : bytes.indexOf(0x0a, first + 1);
  const head = Buffer.from(bytes.subarray(0, second === -1 ? bytes.length : second));
  for (const line of head.toString('latin1').split('\n')) {
    const name = line.startsWith('#') ? codingComment.exec(line)?.[1] : undefined;
    if (name !== undefined) return name;
  }
  return undefined;
}

function decodeAs(encoding: string, bytes: Uint8Array): Decoded {
  const name = webName(encoding);
  if (name === 'latin-1') return { kind: 'text', text: Buffer.from(bytes).toString('latin1') };
  if (name === 'ascii') {
    const bad = bytes.findIndex((byte) => byte > 0x7f);
    if (bad === -1) return { kind: 'text', text: Buffer.from(bytes).toString('latin1') };
    return undecodable(`says that it is ${encoding}, but is not`, lineOf(bytes, bad));
  }
  const strict = decoderFor(name);
  if (strict === undefined) {
    return undecodable(`names the encoding "${encoding.slice(0, 40)}", which is not known`, 1);
  }
  try {
    return { kind: 'text', text: strict.decode(bytes) };
  } catch {
    return undecodable(`is not ${name === 'utf-8' ? 'UTF-8' : encoding}`, badLine(bytes, strict));
  }
}

/** Python's name of an encoding in the spelling of the WHATWG; latin-1 and ascii are no names there. */
function webName(encoding: string): string {
  const name = encoding.toLowerCase().replaceAll('_', '-');
  if (/^(utf-?8(-sig)?|u8|utf|cp65001)$/.test(name)) return 'utf-8';
  // WHATWG reads both as windows-1252, Python does not.
  if (/^(latin-?1|latin|l1|iso-?8859-1|8859|cp819)$/.test(name)) return 'latin-1';
  if (/^(us-)?ascii$|^646$/.test(name)) return 'ascii';
  return name.replace(/^cp(125\d)$/, 'windows-$1').replace(/^iso8859-/, 'iso-8859-');
}

function decoderFor(name: string): TextDecoder | undefined {
  try {
    return new TextDecoder(name, { fatal: true, ignoreBOM: true });
  } catch {
    return undefined;
  }
}

function badLine(bytes: Uint8Array, strict: TextDecoder): number {
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    const stop = end === -1 ? bytes.length : end + 1;
    try {
      strict.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return 1;
}

function lineOf(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset; index += 1) if (bytes[index] === 0x0a) line += 1;
  return line;
}

function undecodable(problem: string, line: number): Decoded {
  return { kind: 'undecodable', problem, hint: saveAsUtf8, line };
}

function starts(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, index) => bytes[index] === byte);
}
