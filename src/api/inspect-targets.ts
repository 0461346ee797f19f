import { basename, join, resolve } from 'node:path';
import { readReport } from '../artifacts/index.js';
import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import type { AskedLine, KnownUnit } from '../inspect/index.js';
import type { PlannedUnit } from '../plan/index.js';
import { followRequirements, ownFiles, type Unit } from '../project/index.js';
import { type OpenProject, openProject, type ProjectOptions, selectUnits } from './open.js';
import { withPackageNames } from './package-names.js';

/** A zip that is to be looked into. */
export interface InspectTarget {
  /** Absolute path. */
  readonly file: string;
  readonly unit: KnownUnit;
}

export interface InspectTargets {
  readonly targets: readonly InspectTarget[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Finds what the command line names: units of the manifest, and zips anywhere. A zip that is a unit's
 * is told of as that unit; without any name all units are meant.
 * @throws PkgrError when there is no such unit, or no manifest where one is needed
 */
export async function inspectTargets(
  names: readonly string[],
  options: ProjectOptions,
): Promise<InspectTargets> {
  const isNeeded = names.length === 0 || options.manifest !== undefined || !names.every(isPath);
  const { open, diagnostics } = await projectAround(options, isNeeded);
  const units = open?.plan.units ?? [];
  const known = new Set(units.map(({ name }) => name));
  const files = new Map(units.map((unit) => [join(open?.project.root ?? '', unit.zip), unit]));
  if (open !== undefined) {
    selectUnits(
      open.plan,
      names.filter((name) => known.has(name) || !isPath(name)),
    );
  }
  const targetOf = async (name: string): Promise<InspectTarget> => {
    const file = resolve(options.cwd, name);
    const unit = units.find((each) => each.name === name) ?? files.get(file);
    if (unit !== undefined && open !== undefined) return targetOfUnit(open, unit);
    const title = basename(file).replace(/\.zip$/i, '');
    return { file, unit: { kind: 'zip', name: title, path: name, layers: [] } };
  };
  const wanted = names.length === 0 ? units.map(({ name }) => name) : [...new Set(names)];
  const targets = await Promise.all(wanted.map(targetOf));
  const once = new Map(targets.map((target) => [target.file, target]));
  return { targets: [...once.values()], diagnostics };
}

/** Whether it is written as a path, which no name of a unit is. */
function isPath(name: string): boolean {
  return /\.(zip|json)$/i.test(name) || name.includes('/');
}

/** The project of the folder; where none is needed, one that cannot be read is only told of. */
async function projectAround(options: ProjectOptions, isNeeded: boolean) {
  try {
    const open = await openProject(options);
    return { open, diagnostics: open.diagnostics };
  } catch (error) {
    if (isNeeded || !(error instanceof PkgrError)) throw error;
    const codes = error.diagnostics.map(({ code }) => code);
    if (codes.includes('manifest-not-found')) return { open: undefined, diagnostics: [] };
    const [first] = error.diagnostics;
    const notice: Diagnostic = {
      code: first?.code ?? 'manifest-unreadable',
      severity: 'notice',
      message: 'the manifest in this folder is wrong, so zips are told of without it',
      hint: 'pkgr plan tells what is wrong with it',
    };
    return { open: undefined, diagnostics: [notice] };
  }
}

async function targetOfUnit(open: OpenProject, planned: PlannedUnit): Promise<InspectTarget> {
  const { root, units } = open.project;
  const { kind, name, zip, runtime, architecture, layers } = planned;
  const unit = units.find((each) => each.kind === kind && each.name === name);
  return {
    file: join(root, zip),
    unit: {
      kind,
      name,
      path: zip,
      ...(runtime !== 'any' && { runtime }),
      architecture,
      layers: layers.flatMap((layer) => (layer.kind === 'unit' ? layer.name : [])),
      ...(unit && {
        project: {
          lines: await linesOf(open, unit),
          isOwn: ownFiles(root, unit.include),
        },
      }),
    },
  };
}

async function linesOf(open: OpenProject, unit: Unit): Promise<readonly AskedLine[]> {
  const { root, output } = open.project;
  const { asked } = await followRequirements(root, unit.requirements.sources);
  const report = await readReport(join(root, output, 'artifacts.json'));
  const built = report?.units.find(({ kind, name }) => kind === unit.kind && name === unit.name);
  return withPackageNames(asked, built?.packages ?? []);
}
