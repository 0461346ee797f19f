import { rm } from 'node:fs/promises';
import type { Digest } from '../artifacts/index.js';
import { type Context, copiedRoot, type Layer, layered, type TreeEntry } from '../context/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { ignorePatterns } from '../project/index.js';
import { bytecodeNames, type Compiler, compiledBelow, withBytecode } from './bytecode.js';
import { joinZips, tooLarge } from './join-zips.js';
import { stage } from './staging.js';
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
  compiler: Compiler | undefined,
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
  const sources = entries.flatMap((entry) => ('directoryEntry' in entry ? [] : entry));
  const code = compiler === undefined ? sources : await compiledCode(compiler, unit, sources, file);
  if (packages === undefined) return writeZip(code, file);

  const outdated = new Set(
    compiler === undefined
      ? []
      : sources.filter(isSource).flatMap(({ name }) => bytecodeNames(name, compiler.runtime)),
  );
  const records = entries.flatMap((entry) =>
    'directoryEntry' in entry && !outdated.has(entry.name) ? entry : [],
  );
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

/** A unit's own files with their bytecode. */
async function compiledCode(
  compiler: Compiler,
  { bytecode }: PlannedUnit,
  files: readonly TreeEntry[],
  file: string,
): Promise<readonly TreeEntry[]> {
  const sources = files.filter(isSource);
  if (bytecode.kind === 'none' || sources.length === 0) return files;
  const folder = `${file}.sources`;
  await stage(sources, folder);
  return withBytecode(files, await compiledBelow(compiler, bytecode, folder, `${file}.compiled`));
}

function isSource({ kind, name }: TreeEntry): boolean {
  return kind === 'file' && name.endsWith('.py');
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
