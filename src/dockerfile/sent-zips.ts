import {
  type BuildPlan,
  groupBy,
  isPlainPath,
  type PackageZip,
  type PlannedUnit,
  zipInOutput,
} from '../plan/index.js';
import type { Stage } from './instruction.js';
import {
  deflatedFolder,
  type Gathered,
  RESTS,
  restsStage,
  restsStageName,
  ZIPPED,
  zipStageName,
} from './stages/index.js';

/**
 * Folders in what a solve brings back. The engine sends them in the order of their names, so that a
 * zip comes when its digest is known, and its rest when what it shares is there.
 */
export const DIGESTS = 'digests/';
const SHARED = 'shared/';
const ZIPS = 'zips/';

/** So few zips are sent whole: to take them apart needs a container. */
const FEW = 4;

/** How a zip is in what a solve brings back. */
interface SentZip {
  readonly entry: string;
  /** The entry with what the zip shares; then its own has only the rest (templates/rests.py). */
  readonly shared?: string;
}

/**
 * What brings zips: of those that were joined from the same packages, the packages once and the rest
 * of each.
 */
export function sentZips(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
): { readonly stages: readonly Stage[]; readonly outputs: readonly Gathered[] } {
  const { sharing, whole } = grouped(plan, units);
  const packages = [...sharing.keys()].map((zip): Gathered => {
    const source = `${deflatedFolder(zip.bytecode)}/packages.zip`;
    return { stage: zip.dependencies, source, to: sharedEntry(zip), isLarge: true };
  });
  const rests = [...sharing.keys()].map((zip): Gathered => {
    return { stage: restsStageName(zip), source: RESTS, to: ZIPS };
  });
  const zips = zipsOf(plan, whole).map((zip) => ({ ...zip, to: ZIPS + (zip.to ?? '') }));
  return {
    stages: [...sharing].map(([zip, members]) => restsStage(zip, members, plan.output)),
    outputs: [...packages, ...rests, ...zips],
  };
}

/** How each of the units is in what these bring, by its name. */
export function sentEntries(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
): ReadonlyMap<string, SentZip> {
  const { sharing, whole } = grouped(plan, units);
  const entry = (unit: PlannedUnit) => ZIPS + zipInOutput(unit, plan.output);
  return new Map<string, SentZip>([
    ...whole.map((unit) => [unit.name, { entry: entry(unit) }] as const),
    ...[...sharing].flatMap(([zip, members]) =>
      members.map((unit) => {
        return [unit.name, { entry: `${entry(unit)}.rest`, shared: sharedEntry(zip) }] as const;
      }),
    ),
  ]);
}

/** The zips themselves, in the folder of the last stage. */
export function zipsOf(plan: BuildPlan, units: readonly PlannedUnit[]): readonly Gathered[] {
  const { output } = plan;
  const zips = fromZipStages(plan, units, ZIPPED, (unit) => zipInOutput(unit, output));
  return zips.map((zip) => ({ ...zip, isLarge: true }));
}

/** A whole folder of each stage, or of one that makes zips of other units too, the files of these. */
export function fromZipStages(
  { zipBatches }: BuildPlan,
  units: readonly PlannedUnit[],
  folder: string,
  fileOf: (unit: PlannedUnit) => string,
): readonly Gathered[] {
  const sizes = new Map(zipBatches.map((batch) => [batch.id, batch.units.length]));
  return [...groupBy(units, zipStageName)].flatMap(([stage, members]): readonly Gathered[] => {
    if (members.length === (sizes.get(stage) ?? 1)) return [{ stage, source: folder }];
    return members.map((unit) => ({ stage, source: folder + fileOf(unit), to: fileOf(unit) }));
  });
}

function sharedEntry({ id }: PackageZip): string {
  return `${SHARED}${id}.zip`;
}

/** Units whose packages are sent once for all of them, by these; and the others. */
function grouped({ packageZips, output }: BuildPlan, units: readonly PlannedUnit[]) {
  // Below a prefix each member has another header. A path is a part of a mount.
  const isFit = (unit: PlannedUnit) =>
    unit.packagesPrefix === '' && isPlainPath(zipInOutput(unit, output));
  const alike = groupBy(units, (unit) => (isFit(unit) ? unit.packageZip : undefined));
  const sharing = new Map(
    packageZips.flatMap((zip) => {
      const members = alike.get(zip.id);
      return members !== undefined && members.length >= FEW ? [[zip, members] as const] : [];
    }),
  );
  const apart = new Set([...sharing.values()].flat());
  return { sharing, whole: units.filter((unit) => !apart.has(unit)) };
}
