import type { Unit } from '../project/index.js';
import type { PlannedRuntime } from './dependency-sets.js';
import type { LibrarySet } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** Libraries and programs that are taken from images. */
export function createLibrarySets(names: StageNames) {
  const sets = createSharedSets<LibrarySet>();
  return {
    /** The id of the unit's set; undefined when nothing is taken for it. */
    use(unit: Unit, on: string, runtime: PlannedRuntime, dependencies: string | undefined) {
      const wanted = librarySetOf(unit, on, runtime, dependencies);
      return (
        wanted &&
        sets.use(wanted, unit.name, (users, count) => {
          const named = unit.libs[0]?.at ?? unit.bins[0]?.at ?? unit.autoLibs;
          const at = named ?? unit.base.at ?? unit.at;
          return { ...wanted, id: names.take(`libs-${count}`), at, units: users };
        })
      );
    },
    list: sets.list,
  };
}

/**
 * What is taken from the unit's image. An image that the user chose may hold lambda_lib and
 * lambda_bin (juniper's folders), so it is looked at even when nothing is named.
 */
function librarySetOf(
  { kind, libs, bins, autoLibs, base }: Unit,
  on: string,
  runtime: PlannedRuntime,
  dependencies: string | undefined,
) {
  const auto = autoLibs !== undefined;
  const mayHaveFolders =
    base.at !== undefined && !(base.kind === 'image' && base.ignoresLambdaFolders);
  if (libs.length === 0 && bins.length === 0 && !auto && !mayHaveFolders) return undefined;
  const values = (list: typeof libs) => list.map(({ value }) => value);
  const named = { libs: values(libs), bins: values(bins) };
  const needs = auto && dependencies !== undefined && { dependencies };
  return { on, layout: kind, ...runtime, auto, ...needs, ...named };
}
