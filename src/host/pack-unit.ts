import { rm } from 'node:fs/promises';
import type { Digest } from '../artifacts/index.js';
import { type Context, copiedRoot, type Layer, layered, type TreeEntry } from '../context/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { ignorePatterns } from '../project/index.js';
import { joinZips, tooLarge } from './join-zips.js';
import { writeZip } from './zip.js';
import { type OpenZip, openZip, type ZipRecord, zipLimits } from './zip-records.js';

/**
 * Writes a unit's zip: the packages, already deflated, and the unit's own code over them.
 * `file` must not exist.
 * @throws Problem for what cannot be packed
 */
export async function packUnit(
  context: Context,
  unit: PlannedUnit,
  packages: OpenZip | undefined,
  file: string,
): Promise<Digest> {
  const layers: Layer<TreeEntry | ZipRecord>[] = [];
  const installed = {
    label: 'the installed packages',
    entries: pruned(unit, packages?.records ?? []),
  };
  if (!unit.packagesOverCode) layers.push(installed);
  for (const root of unit.code) {
    const label = root.copies.map(({ from }) => from || 'the project folder').join(', ');
    layers.push({ label, entries: await copiedRoot(context, root) });
  }
  if (unit.packagesOverCode) layers.push(installed);
  const entries = layered(layers);
  const code = entries.flatMap((entry) => ('directoryEntry' in entry ? [] : entry));
  if (packages === undefined) return writeZip(code, file);

  const records = entries.flatMap((entry) => ('directoryEntry' in entry ? entry : []));
  const codeFile = `${file}.code`;
  try {
    const { entries: count, size } = await writeZip(code, codeFile);
    if (count > zipLimits.entries || size > zipLimits.bytes) throw tooLarge();
    const codeZip = await openZip(codeFile);
    try {
      return await joinZips([{ handle: packages.handle, records }, codeZip], file);
    } finally {
      await codeZip.handle.close();
    }
  } finally {
    await rm(codeFile, { force: true });
  }
}

/** The packages' members that the unit packs; its patterns are against paths below their folder. */
function pruned(
  { prune = [], packagesPrefix }: PlannedUnit,
  records: readonly ZipRecord[],
): readonly ZipRecord[] {
  if (prune.length === 0) return records;
  const patterns = ignorePatterns(prune);
  const start = packagesPrefix === '' ? 0 : packagesPrefix.length + 1;
  return records.filter(({ name }) => !patterns.excludes(name.slice(start)));
}
