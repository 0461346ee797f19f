import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { formatDiagnostics, PkgrError } from '../../src/diagnostics/index.js';
import { type OpenZip, openZip } from '../../src/zip/index.js';

/** Opens bytes as the zip a.zip; it is closed and removed when the test ends. */
export function opened(bytes: Buffer): OpenZip {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.zip');
  writeFileSync(path, bytes);
  const zip = openZip(path, 'a.zip');
  onTestFinished(() => zip.close());
  return zip;
}

/** What pkgr says of something that it refuses. */
export function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof PkgrError) return formatDiagnostics(error.diagnostics);
    throw error;
  }
  return 'it was accepted';
}
