import type { Project, Unit } from '../project/index.js';
import { createBases } from './bases.js';
import { codeRoots } from './code.js';
import { createDependencySets, type PlannedRuntime } from './dependency-sets.js';
import { ignoreRules } from './ignore.js';
import { createInstallers } from './installers.js';
import { createLibrarySets } from './library-sets.js';
import { bytecodeBelow, bytecodeOfPackages, createPackageZips } from './package-zips.js';
import type { BuildPlan, PlannedUnit } from './plan.js';
import { refuseEmptyUnits, refuseIgnoredIncludes } from './refuse.js';
import { createRuntimeImages } from './runtime-images.js';
import { isOnRuntimeSystem } from './runtime-system.js';
import { createStageNames } from './stage-names.js';
import { createSystems } from './systems.js';
import { planVerifications } from './verification.js';
import { batchZips } from './zip-batches.js';

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
  const bases = createBases(names);
  const systems = createSystems(names);
  const runtimeImages = createRuntimeImages(names);
  const verifications = planVerifications(project.units, runtimeImages, names);
  const installers = createInstallers(names);
  const dependencySets = createDependencySets(names, installers);
  const packageZips = createPackageZips(names);
  const librarySets = createLibrarySets(names);

  const units = project.units.map((unit, index): PlannedUnit => {
    const base = bases.use(unit);
    const on = systems.use(unit, base);
    const { runtimeImage: like } = unit;
    const runtime: PlannedRuntime = {
      runtime: unit.runtime,
      ...(isOnRuntimeSystem(unit) && { onRuntimeSystem: true }),
      ...(like && { runtimeImage: runtimeImages.use(unit, like.value, like.at) }),
    };
    const dependencies = dependencySets.use(unit, on, runtime);
    const libraries = librarySets.use(unit, on, runtime, dependencies);
    const verify = verifications.of(unit);
    const bytecode = bytecodeBelow(unit, unit.kind === 'layer' ? '/opt' : '/var/task');
    const packagesPrefix = unit.kind === 'layer' ? 'python' : '';
    const packages = bytecodeOfPackages({ bytecode, packagesPrefix });
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
      ...(dependencies && {
        dependencies,
        packageZip: packageZips.use(unit.name, { dependencies, bytecode: packages }),
      }),
      bytecode,
      ...(libraries && { libraries }),
      packagesPrefix,
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
    contexts: bases.contexts(),
    systems: systems.list(),
    runtimeImages: runtimeImages.list(),
    installers: installers.list(),
    dependencySets: dependencySets.list(),
    packageZips: packageZips.list(),
    librarySets: librarySets.list(),
    layerSets: verifications.layerSets(),
    ...batchZips(
      units,
      project.units.map(({ hasSmallCode }) => hasSmallCode),
      names,
    ),
  };
}

/** What is called in a zip: a function's own handler, and in a layer those of functions that name it. */
function handlersIn({ kind, name, handler }: Unit, units: readonly Unit[]): readonly string[] {
  if (kind === 'function') return handler === undefined ? [] : [handler.value];
  const users = units.filter(({ layers }) =>
    layers.some((layer) => layer.kind === 'unit' && layer.name === name),
  );
  return [...new Set(users.flatMap((user) => user.handler?.value ?? []))].sort();
}
