import { basename, dirname, join, resolve } from 'node:path';
import { type Artifact, hashZip, readReport } from '../artifacts/index.js';
import { PkgrError } from '../diagnostics/index.js';
import { type ComparedZip, comparedZip, inspectZip } from '../inspect/index.js';
import { openZip } from '../zip/index.js';

/** Folders above that of artifacts.json in which a zip's path may start. */
const ABOVE = 8;

/**
 * What artifacts.json tells of its units, with what is in their zips where these are still there as
 * they were built: beside the report, or where it says from a folder above.
 * @param path absolute
 * @throws PkgrError when it is no such report, or a zip is not sound
 */
export async function zipsOfReport(path: string, shown: string): Promise<readonly ComparedZip[]> {
  const report = await readReport(path);
  if (report === undefined) {
    throw new PkgrError([
      {
        code: 'artifacts-unreadable',
        severity: 'error',
        message: `${shown} is no artifacts.json that can be read`,
        hint: 'name one that pkgr build has written, or a zip',
      },
    ]);
  }
  return Promise.all(report.units.map((unit) => zipOfUnit(unit, path)));
}

async function zipOfUnit(unit: Artifact, report: string): Promise<ComparedZip> {
  const { kind, name, sha256, unzippedSize, size, packages } = unit;
  const file = await findZip(unit, report);
  if (file !== undefined) {
    const zip = openZip(file, unit.path);
    try {
      const known = { kind, name, path: unit.path, layers: [] };
      return { ...comparedZip(inspectZip(zip, known)), sha256 };
    } finally {
      zip.close();
    }
  }
  const told = packages?.map((each) => ({ name: each.name, version: each.version }));
  return {
    kind,
    name,
    sha256,
    unzipped: unzippedSize,
    zipped: size,
    ...(told && { packages: told }),
  };
}

async function findZip({ path, sha256 }: Artifact, report: string): Promise<string | undefined> {
  const folder = dirname(report);
  const folders = Array.from({ length: ABOVE }, (_, level) => resolve(folder, '../'.repeat(level)));
  const places = [join(folder, basename(path)), ...folders.map((each) => join(each, path))];
  for (const place of new Set(places)) {
    if ((await hashZip(place))?.sha256 === sha256) return place;
  }
  return undefined;
}
