import type { ArtifactsReport } from '../artifacts/index.js';
import { type Audited, audit, auditDiagnostics, auditOf, type PlaceOf } from '../audit/index.js';
import { type Diagnostic, tellingOfKeys } from '../diagnostics/index.js';
import type { Project } from '../project/index.js';
import type { Verdict } from '../verify/index.js';
import type { BuildResult, EngineResult } from './build-result.js';
import type { OpenProject } from './open.js';

/**
 * Judges what was built: told at every build, also when nothing was done anew.
 * @param earlier what earlier builds have left, for the sizes of layers that were not built now
 * @param verdicts what verifying has told, which is not told again with less certainty
 */
export function auditResults(
  { project }: Pick<OpenProject, 'project'>,
  results: readonly EngineResult[],
  earlier: ArtifactsReport | undefined,
  verdicts: readonly Verdict[] = [],
): Pick<BuildResult, 'findings' | 'audit'> {
  const zips = results.flatMap((result) => (result.kind === 'failed' ? [] : result));
  const layers = (earlier?.units ?? []).filter(({ kind }) => kind === 'layer');
  const sizes = new Map(layers.map(({ name, unzippedSize }) => [name, unzippedSize]));
  const audited = audit(zips, sizes);
  const placeOf = placesIn(project);
  const inWords = (finding: Diagnostic) => tellingOfKeys(finding, project.words);
  return {
    findings: auditDiagnostics(withoutTold(audited, verdicts), placeOf).map(inWords),
    audit: new Map(
      audited.flatMap((one) =>
        one.findings.length === 0 ? [] : [[one.unit, auditOf(one, placeOf).map(inWords)] as const],
      ),
    ),
  };
}

function withoutTold(
  audited: readonly Audited[],
  verdicts: readonly Verdict[],
): readonly Audited[] {
  const told = new Map(
    verdicts.map(({ unit, diagnostics }) => [unit, new Set(diagnostics.map(({ code }) => code))]),
  );
  return audited.map(({ unit, findings }) => ({
    unit,
    findings: findings.filter(({ code }) => !told.get(unit)?.has(code)),
  }));
}

/** The very value of the manifest that is to blame, where it is one. */
function placesIn({ units }: Project): PlaceOf {
  const handlers = new Map(units.map(({ kind, name, handler }) => [`${kind} ${name}`, handler]));
  return ({ kind, name, at }, about) =>
    (about === 'handler' ? handlers.get(`${kind} ${name}`)?.at : undefined) ?? at;
}
