import { type Contents, readContents } from './contents.js';
import { type Findings, readFindings } from './findings.js';

/** What the engine says of a zip that it has built. */
export interface Digest {
  /** Bytes of the zip. */
  readonly size: number;
  /** In lower-case hexadecimal. */
  readonly sha256: string;
  /** Bytes of all entries when unpacked, which is what Lambda limits. */
  readonly unzippedSize: number;
  /** Number of entries. */
  readonly entries: number;
  /** What other zips beside it may count on; absent when there is nothing of the kind. */
  readonly contents?: Contents;
  /** What is worth telling of the zip; absent when nothing is. */
  readonly findings?: Findings;
}

/** Reads a digest from a parsed JSON value; undefined when it is none. */
export function readDigest(value: unknown): Digest | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const { size, sha256, unzippedSize, entries, contents, findings } = fields;
  if (!isSha256(sha256) || !isCount(size) || !isCount(unzippedSize) || !isCount(entries)) {
    return undefined;
  }
  return {
    size,
    sha256,
    unzippedSize,
    entries,
    ...(contents !== undefined && { contents: readContents(contents) }),
    ...(findings !== undefined && { findings: readFindings(findings) }),
  };
}

/** Whether it is a sha256 as hashes are printed here. */
export function isSha256(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

/** Whether it is a number of bytes or of things. */
export function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
