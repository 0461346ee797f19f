import type { Unit } from '../project/index.js';
import type { Installers } from './installers.js';
import type { DependencySet, PlannedRequirement } from './plan.js';
import { createSharedSets } from './sets.js';
import type { StageNames } from './stage-names.js';

/** The runtime of a unit, and the image that is like it. */
export type PlannedRuntime = Pick<DependencySet, 'runtime' | 'onRuntimeSystem' | 'runtimeImage'>;

/** What is installed, each once however many units share it. */
export function createDependencySets(names: StageNames, installers: Installers) {
  const sets = createSharedSets<DependencySet>();
  return {
    /** The id of the unit's set; undefined when nothing is installed for it. */
    use(unit: Unit, on: string, runtime: PlannedRuntime): string | undefined {
      const wanted = dependencySetOf(unit, on, runtime, installers);
      return (
        wanted &&
        sets.use(wanted, unit.name, (users, count) => {
          const at = unit.requirements.sources[0]?.at ?? unit.at;
          return { ...wanted, id: names.take(`deps-${count}`), at, units: users };
        })
      );
    },
    list: sets.list,
  };
}

/** What is to be installed for the unit, apart from who shares it; undefined when nothing is. */
function dependencySetOf(unit: Unit, on: string, runtime: PlannedRuntime, installers: Installers) {
  const { sources, inputs, usesSsh } = unit.requirements;
  if (sources.length === 0) return undefined;
  const requirements = sources.map(
    (source): PlannedRequirement =>
      source.kind === 'file'
        ? { kind: 'file', path: source.path }
        : { kind: 'line', text: source.text },
  );
  const uv = installers.use(unit, on);
  const environment = sortedByName(unit.buildEnvironment);
  return {
    on,
    ...runtime,
    requirements,
    inputs,
    environment,
    ...(unit.secretEnvironment.length > 0 && {
      secretEnvironment: [...new Set(unit.secretEnvironment.map(({ value }) => value))].sort(),
    }),
    ...(unit.installsSeparately && sources.length > 1 && { separately: true as const }),
    ...(unit.pipconf && { pipconf: unit.pipconf.value }),
    ...(uv && { uv }),
    usesSsh: usesSsh || unit.offersSsh,
  };
}

function sortedByName<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
