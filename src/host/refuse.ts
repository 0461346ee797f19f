import { delimiter, join } from 'node:path';
import {
  type Diagnostic,
  type Location,
  type ManifestWords,
  pkgrWords,
} from '../diagnostics/index.js';
import type { BuildPlan, DependencySet, PlannedBase, PlannedUnit } from '../plan/index.js';
import { isExecutable } from './python.js';

/**
 * What packing without Docker cannot do for these units (errors, one for each unit and reason), and
 * what it will not do although the manifest says it (notices, one for each image).
 * @param path the variable PATH, on which git is looked for when a set is fetched with it
 */
export function refuseWhatNeedsDocker(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  path = process.env.PATH ?? '',
  words: ManifestWords = pkgrWords,
): readonly Diagnostic[] {
  const hasGit = path.split(delimiter).some((folder) => isExecutable(join(folder || '.', 'git')));
  return [
    ...units.flatMap((unit) => [
      ...ofBase(plan, unit, words),
      ...ofPython(plan, unit, words),
      ...ofPackages(plan, unit, words),
      ...ofLibraries(plan, unit, words),
      ...(hasGit ? [] : ofGit(plan, unit, words)),
    ]),
    ...ignoredImages(plan, units),
  ];
}

function ofBase(
  { bases }: BuildPlan,
  unit: PlannedUnit,
  { withDocker }: ManifestWords,
): readonly Diagnostic[] {
  const base = bases.find(({ id }) => id === unit.base);
  if (base?.kind !== 'dockerfile') return [];
  const hint = `${withDocker}, or remove dockerfile from the unit`;
  return [needsDocker(`${unit.name} is built on the Dockerfile ${base.path}`, base.at, hint)];
}

/** Only the image knows its Python, and there is no image. */
function ofPython(
  { bases }: BuildPlan,
  unit: PlannedUnit,
  { withDocker }: ManifestWords,
): readonly Diagnostic[] {
  if (unit.runtime !== 'any' || unit.dependencies === undefined) return [];
  const base = bases.find(({ id }) => id === unit.base);
  const image = base?.kind === 'image' ? base.image : 'its own';
  const message = `${unit.name} is for the Python that the image ${image} has, whichever that is`;
  const hint = `${withDocker}, or add runtime: python3.13 to the unit`;
  return [needsDocker(message, base?.at ?? unit.at, hint)];
}

function ofPackages(
  { systems }: BuildPlan,
  unit: PlannedUnit,
  { withDocker }: ManifestWords,
): readonly Diagnostic[] {
  const system = systems.find(({ units }) => units.includes(unit.name));
  if (system === undefined) return [];
  const { any, byManager, at } = system.packages;
  const names = [...new Set([...any, ...Object.values(byManager).flat()])];
  const hint = `${withDocker}, or remove packages if all requirements have wheels`;
  return [needsDocker(`${unit.name} needs OS packages (${few(names)})`, at ?? unit.at, hint)];
}

function ofLibraries(
  { librarySets }: BuildPlan,
  unit: PlannedUnit,
  { withDocker }: ManifestWords,
): readonly Diagnostic[] {
  const set = librarySets.find(({ id }) => id === unit.libraries);
  const patterns = [...(set?.auto ? ['auto'] : []), ...(set?.libs ?? []), ...(set?.bins ?? [])];
  // A set without patterns is there to look for lambda_lib in an image, which the notice tells of.
  if (set === undefined || patterns.length === 0) return [];
  const message = `${unit.name} carries libraries or programs of an image (${few(patterns)})`;
  const hint = `${withDocker}, or include copies of them as files`;
  return [needsDocker(message, set.at, hint)];
}

function ofGit(
  { dependencySets }: BuildPlan,
  unit: PlannedUnit,
  { withDocker }: ManifestWords,
): readonly Diagnostic[] {
  const set = dependencySets.find(({ id }) => id === unit.dependencies);
  if (set === undefined || !usesGit(set)) return [];
  const message = `${unit.name} installs packages with git, and there is no git on PATH`;
  return [needsDocker(message, set.at, `install git, or ${withDocker}`)];
}

/** Requirements files are not read here; what one of them says of git, pip will say. */
function usesGit({ usesSsh, requirements }: DependencySet): boolean {
  return usesSsh || requirements.some((one) => one.kind === 'line' && /\bgit\+/.test(one.text));
}

function ignoredImages(plan: BuildPlan, units: readonly PlannedUnit[]): readonly Diagnostic[] {
  const used = new Set(units.map(({ base }) => base));
  const images = new Map<string, PlannedBase & { readonly kind: 'image' }>();
  for (const base of plan.bases) {
    if (base.kind !== 'image' || base.at === undefined || !used.has(base.id)) continue;
    if (!images.has(base.image)) images.set(base.image, base);
  }
  return [...images.values()].map(
    ({ image, at }): Diagnostic => ({
      code: 'host-image-ignored',
      severity: 'notice',
      message: `the image ${image} is not used without Docker: packages are chosen for Lambda's own machine, and lambda_lib and lambda_bin of the image are not carried`,
      ...(at && { at }),
    }),
  );
}

function needsDocker(message: string, at: Location, hint: string): Diagnostic {
  return { code: 'needs-docker', severity: 'error', message, at, hint };
}

function few(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
