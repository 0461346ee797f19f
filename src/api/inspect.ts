import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import {
  type InspectedZip,
  type Inspection,
  inspectTogether,
  inspectZip,
} from '../inspect/index.js';
import { openZip } from '../zip/index.js';
import { type InspectTarget, inspectTargets } from './inspect-targets.js';
import type { ProjectOptions } from './open.js';

export interface Inspected {
  readonly inspection: Inspection;
  /** What is worth telling although it stops nothing. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tells what is in zips: of the units that are named, of zips anywhere, or of all units of the
 * manifest. Nothing is unpacked and nothing written.
 * @throws PkgrError with everything that is wrong with any of them
 */
export async function inspect(
  names: readonly string[],
  options: ProjectOptions,
): Promise<Inspected> {
  const { targets, diagnostics } = await inspectTargets(names, options);
  const units: InspectedZip[] = [];
  const problems: Diagnostic[] = [];
  for (const target of targets) {
    try {
      units.push(inspectTarget(target));
    } catch (error) {
      if (!(error instanceof PkgrError)) throw error;
      problems.push(...error.diagnostics.map((each) => notBuilt(each, target)));
    }
  }
  // Of all units those are told of that were built, unless none was.
  const isOptional = names.length === 0 && units.length > 0;
  const stopping = problems.filter(({ code }) => !isOptional || code !== 'zip-not-found');
  if (stopping.length > 0) throw new PkgrError(problems);
  const missing = problems.map((problem): Diagnostic => ({ ...problem, severity: 'notice' }));
  return { inspection: inspectTogether(units), diagnostics: [...diagnostics, ...missing] };
}

function inspectTarget({ file, unit }: InspectTarget): InspectedZip {
  const zip = openZip(file, unit.path);
  try {
    return inspectZip(zip, unit);
  } finally {
    zip.close();
  }
}

function notBuilt(diagnostic: Diagnostic, { unit }: InspectTarget): Diagnostic {
  if (diagnostic.code !== 'zip-not-found' || unit.kind === 'zip') return diagnostic;
  const hint = `build it first: pkgr build ${unit.name}`;
  return {
    ...diagnostic,
    message: `${diagnostic.message}, the zip of ${unit.kind} ${JSON.stringify(unit.name)}`,
    hint,
  };
}
