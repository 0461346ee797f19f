import type {
  BuildPlan,
  DependencySet,
  LibrarySet,
  PlannedBase,
  PlannedContext,
  PlannedRuntimeImage,
  PlannedSystem,
  PlannedUnit,
} from '../plan/index.js';
import { shortHash } from './folder.js';

/** The parts of a plan that one unit is made by. */
export interface PlanParts {
  readonly unit: PlannedUnit;
  readonly base: PlannedBase | undefined;
  /** What the Dockerfile of the base copies from, if it has a folder of its own. */
  readonly context: PlannedContext | undefined;
  readonly system: PlannedSystem | undefined;
  readonly dependencies: DependencySet | undefined;
  readonly libraries: LibrarySet | undefined;
  /** The image that is like its runtime. */
  readonly runtimeImage: PlannedRuntimeImage | undefined;
}

/** Names within one plan, places, and lists of users: none of it decides about a zip. */
const namesOnly = [
  'id',
  'at',
  'units',
  'on',
  'base',
  'dependencies',
  'libraries',
  'packageZip',
  'uv',
];

/** What is recorded otherwise, or is not in a zip. */
const inNoZip = ['kind', 'name', 'handler', 'layers', 'zip', 'audit', 'verify'];
const unitFields = [...namesOnly, ...inNoZip, 'target', 'code', 'bytecode'];
const baseFields = [...namesOnly, 'kind', 'image', 'path', 'text', 'platform', 'context', 'args'];
const setFields = [
  ...namesOnly,
  'requirements',
  'inputs',
  'environment',
  'runtime',
  'runtimeImage',
];
const librariesFields = [...namesOnly, 'layout', 'runtime', 'runtimeImage'];

/** The parts of the plan behind a unit. */
export function partsOf(plan: BuildPlan, unit: PlannedUnit): PlanParts {
  const dependencies = plan.dependencySets.find(({ id }) => id === unit.dependencies);
  const libraries = plan.librarySets.find(({ id }) => id === unit.libraries);
  const systems = [dependencies?.on, libraries?.on];
  const base = plan.bases.find(({ id }) => id === unit.base);
  const contextId = base?.kind === 'dockerfile' ? base.context : undefined;
  return {
    unit,
    base,
    context: plan.contexts.find(({ id }) => id === contextId),
    system: plan.systems.find(({ id }) => systems.includes(id)),
    dependencies,
    libraries,
    runtimeImage: plan.runtimeImages.find(({ id }) => {
      return id === (dependencies?.runtimeImage ?? libraries?.runtimeImage);
    }),
  };
}

/**
 * Every option that decides about a unit's zip, as text by name. Taken from the plan whatever its
 * fields are called, so that a new one is not forgotten. The values of variables are secrets
 * to somebody, and so only hashes.
 */
export function optionsOf(parts: PlanParts): Readonly<Record<string, string>> {
  const { unit, base, context, dependencies, libraries } = parts;
  const options = new Map<string, string>();
  const add = (name: string, value: unknown) => {
    const text = textOf(value);
    if (text !== '') options.set(name, text);
  };
  const addAll = (value: object | undefined, without: readonly string[]) => {
    for (const [name, field] of Object.entries(value ?? {})) {
      if (!without.includes(name)) add(name, field);
    }
  };
  addAll(base, baseFields);
  addAll(dependencies, setFields);
  addAll(libraries, librariesFields);
  addAll(unit, unitFields);
  add('bytecode', unit.bytecode.kind);
  add('context', context?.path);
  const variables = {
    buildEnvironment: dependencies?.environment,
    args: base?.kind === 'dockerfile' ? base.args : undefined,
  };
  for (const [kind, values] of Object.entries(variables)) {
    for (const [name, value] of Object.entries(values ?? {}))
      add(`${kind} ${name}`, shortHash(value));
  }
  return Object.fromEntries([...options].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** OS packages, those of one package manager with its name. */
export function osPackagesOf({ system }: PlanParts): readonly string[] {
  if (system === undefined) return [];
  const { any, byManager } = system.packages;
  const named = Object.entries(byManager).flatMap(([manager, names]) =>
    names.map((name) => `${name} (${manager})`),
  );
  return [...any, ...named];
}

/** Empty for what is not asked for. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === false) return '';
  const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
  return isList ? value.join(' ') : JSON.stringify(value);
}
