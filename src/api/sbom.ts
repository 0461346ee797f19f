import { join, resolve } from 'node:path';
import { hashZip, readReport, writeAtomically, writeFailed } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, PkgrError } from '../diagnostics/index.js';
import { readPackages } from '../inspect/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { ListedUnit } from '../sbom/index.js';
import { openZip } from '../zip/index.js';
import { type OpenProject, selectUnits } from './open.js';
import { pkgrVersion } from './programs.js';
import { reportPath } from './report-build.js';

/**
 * A bill of materials of units' zips, as they are on disk.
 * @returns JSON in the format of CycloneDX 1.6
 * @throws PkgrError for units that are not declared, and for zips that are not there or not sound.
 */
export async function sbom(open: OpenProject, names: readonly string[]): Promise<string> {
  const units = selectUnits(open.plan, names);
  const report = await readReport(join(open.project.root, reportPath(open)));
  const listed: ListedUnit[] = [];
  const missing: Diagnostic[] = [];
  for (const unit of units) {
    const path = join(open.project.root, unit.zip);
    const found = await hashZip(path);
    if (found === undefined) missing.push(notBuilt(unit));
    else {
      const artifact = report?.units.find(({ kind, name, sha256 }) => {
        return kind === unit.kind && name === unit.name && sha256 === found.sha256;
      });
      listed.push({
        kind: unit.kind,
        name: unit.name,
        sha256: found.sha256,
        runtime: unit.runtime,
        architecture: unit.architecture,
        packages: packagesIn(path, unit.zip),
        // What is recorded of another zip of this unit says nothing of this one.
        ...(artifact?.packages && { resolved: artifact.packages }),
        ...(artifact?.libraries && { libraries: artifact.libraries }),
      });
    }
  }
  if (missing.length > 0) throw new PkgrError(missing);
  // Only here, because loading the library takes longer than a small build.
  const { sbomJson } = await import('../sbom/index.js');
  return sbomJson(listed, { project: open.plan.manifest, version: await pkgrVersion() });
}

/**
 * Writes a bill of materials, whole or not at all.
 * @param file relative to `cwd` or absolute
 * @throws PkgrError (exit code 1) when it cannot be written.
 */
export async function writeSbom(text: string, file: string, cwd: string): Promise<void> {
  try {
    await writeAtomically(resolve(cwd, file), text);
  } catch (error) {
    throw new PkgrError([writeFailed({ shown: file }, error)], ExitCode.buildFailed);
  }
}

function packagesIn(path: string, shown: string): ListedUnit['packages'] {
  const zip = openZip(path, shown);
  try {
    return readPackages(zip).packages;
  } finally {
    zip.close();
  }
}

function notBuilt({ kind, name, zip, at }: PlannedUnit): Diagnostic {
  return {
    code: 'missing-file',
    severity: 'error',
    message: `${zip} of ${kind} ${JSON.stringify(name)} is not there`,
    at,
    hint: 'run pkgr build first',
  };
}
