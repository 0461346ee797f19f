import { posix } from 'node:path';
import type { RecordedFile } from './record.js';

/** Reads installed-files.txt, what `setup.py install` leaves instead of a RECORD: paths from its own folder. */
export function readInstalledFiles(text: string, folderName: string): readonly RecordedFile[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => posix.normalize(`${folderName}/${line}`).replace(/^(\.\.\/)+/, ''))
    .map((path) => ({ path }));
}

/**
 * Reads requires.txt of an .egg-info as lines of Requires-Dist: its sections are `[extra]`,
 * `[:marker]` or `[extra:marker]` (setuptools, "EGG-INFO/requires.txt").
 */
export function readRequiresTxt(text: string): readonly string[] {
  let marker = '';
  const requires: string[] = [];
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const section = /^\[([^:\]]*):?(.*)\]$/.exec(line);
    if (section !== null) {
      const [, extra = '', condition = ''] = section;
      const ofExtra = extra === '' ? '' : `extra == ${JSON.stringify(extra)}`;
      marker = [condition === '' ? '' : `(${condition})`, ofExtra].filter(Boolean).join(' and ');
    } else if (line !== '') {
      requires.push(marker === '' ? line : `${line} ; ${marker}`);
    }
  }
  return requires;
}
