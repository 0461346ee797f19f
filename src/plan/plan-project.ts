import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import {
  type OsPackages,
  type Project,
  packageManagers,
  platforms,
  type Unit,
} from '../project/index.js';
import { codeRoots } from './code.js';
import { type IgnoreRules, ignoreRules } from './ignore.js';
import { neverAStage } from './image-name.js';
import { countParts } from './own-base.js';
import type {
  BuildPlan,
  DependencySet,
  LibrarySet,
  PackageZip,
  PlannedBase,
  PlannedBytecode,
  PlannedContext,
  PlannedRequirement,
  PlannedSystem,
  PlannedUnit,
} from './plan.js';
import { createRuntimeImages } from './runtime-images.js';
import { isOnRuntimeSystem } from './runtime-system.js';
import { createSharedSets } from './sets.js';
import { createStageNames, runtimeName } from './stage-names.js';
import { planVerifications } from './verification.js';

/**
 * Decides what is to be built for a project: which bases, pip installs and libraries, each once
 * however many units share it, and what goes into each zip. Pure.
 * @throws PkgrError when an include can never reach the engine because ignore rules drop it, or
 * when a unit's own exclude leaves nothing of it.
 */
export function planProject(project: Project): BuildPlan {
  const ignore = ignoreRules(project);
  refuseIgnoredIncludes(project, ignore);
  const names = createStageNames();
  const targets = project.units.map((unit) => names.take(unit.name));
  const bases = createSharedSets<PlannedBase>();
  const contexts = createSharedSets<PlannedContext>();
  const systems = createSharedSets<PlannedSystem>();
  const runtimeImages = createRuntimeImages(names);
  const verifications = planVerifications(project.units, runtimeImages, names);
  const dependencySets = createSharedSets<DependencySet>();
  const packageZips = createSharedSets<PackageZip>();
  const librarySets = createSharedSets<LibrarySet>();

  const units = project.units.map((unit, index): PlannedUnit => {
    const path = unit.base.kind === 'dockerfile' ? unit.base.context : undefined;
    const context =
      path &&
      contexts.use(path, unit.name, (users, count) => {
        return { id: names.take(`context-${count}`), path, units: users };
      });
    const base = bases.use(baseKey(unit), unit.name, (users) =>
      plannedBase(unit, names.takeWithParts(runtimeName(unit), partsOf(unit)), context, users),
    );
    const on = !hasPackages(unit)
      ? base
      : systems.use([base, packageLists(unit.packages)], unit.name, (users) => ({
          id: names.take(`${base}-packages`),
          base,
          packages: plannedPackages(unit.packages),
          units: users,
        }));
    const { runtimeImage: like } = unit;
    const runtime: PlannedRuntime = {
      runtime: unit.runtime,
      ...(isOnRuntimeSystem(unit) && { onRuntimeSystem: true }),
      ...(like && { runtimeImage: runtimeImages.use(unit, like.value, like.at) }),
    };
    const wanted = dependencySetOf(unit, on, runtime);
    const dependencies =
      wanted &&
      dependencySets.use(wanted, unit.name, (users, count) => {
        const at = unit.requirements.sources[0]?.at ?? unit.at;
        return { ...wanted, id: names.take(`deps-${count}`), at, units: users };
      });
    const packageZip = dependencies && {
      dependencies,
      bytecode: bytecodeBelow(unit, unit.kind === 'layer' ? '/opt/python' : '/var/task'),
    };
    const libraries = librarySetOf(unit, on, runtime, dependencies);
    const verify = verifications.of(unit);
    return {
      kind: unit.kind,
      name: unit.name,
      ...(unit.key !== unit.name && { key: unit.key }),
      target: targets[index] ?? unit.name,
      at: unit.at,
      runtime: unit.runtime,
      ...(runtime.runtimeImage !== undefined && { runtimeImage: runtime.runtimeImage }),
      architecture: unit.architecture,
      ...(unit.handler && { handler: unit.handler.value }),
      handlers: handlersIn(unit, project.units),
      layers: unit.layers,
      base,
      ...(packageZip && {
        dependencies: packageZip.dependencies,
        packageZip: packageZips.use(packageZip, unit.name, (users, count) => ({
          id: names.take(`packages-${count}`),
          ...packageZip,
          units: users,
        })),
      }),
      bytecode: bytecodeBelow(unit, unit.kind === 'layer' ? '/opt' : '/var/task'),
      ...(libraries && {
        libraries: librarySets.use(libraries, unit.name, (users, count) => {
          const named = unit.libs[0]?.at ?? unit.bins[0]?.at ?? unit.autoLibs;
          const at = named ?? unit.base.at ?? unit.at;
          return { ...libraries, id: names.take(`libs-${count}`), at, units: users };
        }),
      }),
      packagesPrefix: unit.kind === 'layer' ? 'python' : '',
      ...(dependencies && unit.prune.length > 0 && { prune: unit.prune }),
      code: codeRoots(unit, ignore.forUnit(unit)),
      ...(unit.packagesOverCode && { packagesOverCode: true }),
      ...(Object.keys(unit.audit).length > 0 && { audit: unit.audit }),
      ...(verify && { verify }),
      zip: unit.zip,
    };
  });

  refuseEmptyUnits(units);
  return {
    version: 1,
    manifest: project.manifest,
    output: project.output,
    ignore: ignore.lines,
    bases: bases.list(),
    contexts: contexts.list(),
    systems: systems.list(),
    runtimeImages: runtimeImages.list(),
    dependencySets: dependencySets.list(),
    packageZips: packageZips.list(),
    librarySets: librarySets.list(),
    layerSets: verifications.layerSets(),
    units,
  };
}

/** The runtime of a unit, and the image that is like it. */
type PlannedRuntime = Pick<DependencySet, 'runtime' | 'onRuntimeSystem' | 'runtimeImage'>;

/** What pip is to install for the unit, apart from who shares it; undefined when nothing is. */
function dependencySetOf(unit: Unit, on: string, runtime: PlannedRuntime) {
  const { sources, inputs, usesSsh } = unit.requirements;
  if (sources.length === 0) return undefined;
  const requirements = sources.map(
    (source): PlannedRequirement =>
      source.kind === 'file'
        ? { kind: 'file', path: source.path }
        : { kind: 'line', text: source.text },
  );
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
    usesSsh: usesSsh || unit.offersSsh,
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

/** @param place where Lambda unpacks what is compiled */
function bytecodeBelow({ bytecode: kind }: Unit, place: string): PlannedBytecode {
  return kind === 'none' ? { kind } : { kind, place };
}

/** What is called in a zip: a function's own handler, and in a layer those of functions that name it. */
function handlersIn({ kind, name, handler }: Unit, units: readonly Unit[]): readonly string[] {
  if (kind === 'function') return handler === undefined ? [] : [handler.value];
  const users = units.filter(({ layers }) =>
    layers.some((layer) => layer.kind === 'unit' && layer.name === name),
  );
  return [...new Set(users.flatMap((user) => user.handler?.value ?? []))].sort();
}

/** How many stages the base has beside its own. */
function partsOf({ base, architecture }: Unit): number {
  return base.kind === 'image' ? 0 : countParts({ ...base, platform: platforms[architecture] });
}

function baseKey({ base, architecture }: Unit): unknown {
  if (base.kind === 'image') return ['image', base.name, architecture];
  const { path, context, target, args } = base;
  return ['dockerfile', path, architecture, context, target, args];
}

function plannedBase(
  { base, architecture }: Unit,
  id: string,
  context: string | undefined,
  units: readonly string[],
): PlannedBase {
  const platform = platforms[architecture];
  if (base.kind === 'dockerfile')
    return { id, platform, units, ...base, ...(context && { context }) };
  const image = neverAStage(base.name);
  return { id, platform, units, kind: 'image', image, ...(base.at && { at: base.at }) };
}

function hasPackages({ packages }: Unit): boolean {
  return packageLists(packages).some((list) => list.length > 0);
}

/** Without the places of single names: units that share them may have them in different places. */
function plannedPackages({ any, byManager, at }: OsPackages): PlannedSystem['packages'] {
  return { any, byManager, ...(at && { at }) };
}

/** The lists in an order that does not depend on how they are written. */
function packageLists({ any, byManager }: OsPackages): readonly (readonly string[])[] {
  return [any, ...packageManagers.map((manager) => byManager[manager] ?? [])];
}

function sortedByName<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(values).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

function refuseIgnoredIncludes(project: Project, ignore: IgnoreRules): void {
  const diagnostics = project.units.flatMap((unit) =>
    unit.include
      .filter((include) => ignore.ignores(include))
      .map(
        (include): Diagnostic => ({
          code: 'ignored-include',
          severity: 'error',
          message: `${unit.name} includes ${include.from}, which .dockerignore, exclude, pipconf or the output folder leaves out`,
          at: include.at,
          hint: 'drop the pattern that matches it, or the include',
        }),
      ),
  );
  if (diagnostics.length > 0) throw new PkgrError(diagnostics);
}

function refuseEmptyUnits(units: readonly PlannedUnit[]): void {
  const empty = units.filter(({ code, dependencies, libraries }) => {
    return code.length === 0 && dependencies === undefined && libraries === undefined;
  });
  const diagnostics = empty.map(
    ({ name, at }): Diagnostic => ({
      code: 'ignored-include',
      severity: 'error',
      message: `${name} has nothing to pack: its exclude leaves out all that it includes`,
      at,
      hint: 'drop the pattern that matches it, or the unit',
    }),
  );
  if (diagnostics.length > 0) throw new PkgrError(diagnostics);
}
