import { join } from 'node:path';
import { readReport } from '../artifacts/index.js';
import { type Diagnostic, ExitCode, hasErrors } from '../diagnostics/index.js';
import { withLayers } from '../plan/index.js';
import { judge, type Looked, type Verdict, verdictsExitCode } from '../verify/index.js';
import { auditResults } from './audit-results.js';
import { solveDigests, verificationOf } from './fetch-changed.js';
import { type OpenProject, selectUnits } from './open.js';
import { secretValues } from './secrets.js';
import type { FailedUnit } from './solve-units.js';
import { type EngineOptions, withEngine } from './with-engine.js';

export interface VerifyOptions extends EngineOptions {
  readonly units: readonly string[];
  /** Told before anything is built. */
  onNotices?(notices: readonly Diagnostic[]): void;
}

export interface VerifyResult {
  /** On each unit that could be built, in the manifest's order. */
  readonly verdicts: readonly Verdict[];
  /** Units whose zips cannot be built. */
  readonly failed: readonly FailedUnit[];
  /** What the audit has found in the zips besides. */
  readonly findings: readonly Diagnostic[];
}

/**
 * Builds zips in the engine's cache and verifies them there, in one solve; nothing is fetched, and
 * no file of the project is written.
 * @throws PkgrError when nothing can be built at all, or the build is interrupted.
 */
export async function verify(open: OpenProject, options: VerifyOptions): Promise<VerifyResult> {
  const { project, plan } = open;
  const units = selectUnits(plan, options.units);
  const verified = units.filter((unit) => unit.verify !== undefined);
  const needed = withLayers(plan, units, verified);
  const { values, warnings } = secretValues(project, plan, needed, options);
  if (warnings.length > 0) options.onNotices?.(warnings);
  const solved = await withEngine(open, units, verified, options, values, async (engine) => {
    const found = await solveDigests(engine.setting, units, options.noCache, verified);
    await engine.keepGeneration();
    return found;
  });
  const built = units.flatMap((unit) => {
    const digest = solved.value?.digests.get(unit.name);
    return digest === undefined ? [] : [{ unit, digest }];
  });
  const looked = built.map(({ unit, digest: { findings } }): Looked => {
    const verification = verificationOf(solved, unit);
    return { unit, ...(verification && { verification }), ...(findings && { findings }) };
  });
  const verdicts = judge(open, looked);
  const results = built.map((each) => ({ kind: 'unchanged', seconds: 0, ...each }) as const);
  const earlier = await readReport(join(project.root, project.output, 'artifacts.json'));
  const { findings } = auditResults(open, results, earlier, verdicts);
  return { verdicts, failed: solved.failed, findings };
}

/** 0 when everything was built and passed, and no finding is an error. */
export function verifyExitCode({ verdicts, failed, findings }: VerifyResult): ExitCode {
  const unfit = verdictsExitCode(verdicts);
  const codes = [
    ...failed.map(({ exitCode }) => exitCode),
    ...(hasErrors(findings) ? [ExitCode.buildFailed] : []),
    ...(unfit === ExitCode.done ? [] : [unfit]),
  ];
  const first = codes[0] ?? ExitCode.done;
  return codes.every((code) => code === first) ? first : ExitCode.buildFailed;
}
