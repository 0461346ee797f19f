import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The proof that the engine of this machine is one that this script set up. Without it a data
 * root that has content is somebody's, and is left alone.
 */
const RECORD = '/var/lib/pkgr/engine.json';

/**
 * @typedef {{ readonly startedBy: 'systemd' | 'pkgr', readonly pid: number | null, readonly log: string | null }} EngineRecord
 */

/** @returns {EngineRecord | undefined} */
export function readRecord() {
  try {
    return JSON.parse(readFileSync(RECORD, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {EngineRecord} record */
export function writeRecord(record) {
  mkdirSync(dirname(RECORD), { recursive: true });
  writeFileSync(RECORD, `${JSON.stringify(record, null, 2)}\n`);
}
