import type { Diagnostic } from '../diagnostics/index.js';

/** Larger than any manifest a person writes; 1,000 units take about 0.3 MB. */
const maxBytes = 4 * 1024 * 1024;

export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

/** The text of a manifest, which is UTF-8; a byte order mark is dropped. */
export function decodeManifest(file: string, bytes: Uint8Array): Decoded {
  if (bytes.length > maxBytes) {
    return refused({
      code: 'manifest-unreadable',
      severity: 'error',
      message: `${file} has ${bytes.length} bytes, more than the ${maxBytes} that pkgr reads`,
      hint: 'check that this is the manifest; -m FILE chooses another',
    });
  }
  const text = decodeStrictly(bytes);
  if (text !== undefined) return { kind: 'text', text };
  return refused({
    code: 'manifest-unreadable',
    severity: 'error',
    message: `${file} is not UTF-8 text`,
    at: { file, ...firstBadPlace(bytes) },
    hint: 'save the file in the encoding UTF-8',
  });
}

function refused(diagnostic: Diagnostic): Decoded {
  return { kind: 'refused', diagnostic };
}

function decodeStrictly(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A line feed is never part of a longer UTF-8 sequence, so the lines can be tried one by one. */
function firstBadPlace(bytes: Uint8Array): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(0x0a, start);
    const content = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (decodeStrictly(content) === undefined || end < 0) {
      const column = new TextDecoder('utf-8').decode(content).indexOf('\ufffd') + 1;
      return { line, column: Math.max(1, column) };
    }
    line += 1;
    start = end + 1;
  }
}
