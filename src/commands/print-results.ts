import type { BuildResult, UnitResult } from '../api/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { summariseChanges } from './describe-change.js';
import { formatSeconds, formatSize } from './figures.js';
import { verdictJson } from './print-verdicts.js';

/** OS packages named below a unit, and files of each. */
const PACKAGES = 30;
const FILES = 8;

/** A line for each unit, and a summary. */
export function printResults({ units }: BuildResult, seconds: number): string {
  const width = Math.max(...units.map(({ unit }) => unit.name.length));
  const lines = units.flatMap((result) => {
    const name = result.unit.name.padEnd(width);
    if (result.kind === 'failed') return `failed     ${result.unit.name}`;
    const time = result.seconds > 0 ? `  ${formatSeconds(result.seconds)}` : '';
    const size = formatSize(result.digest.size).padStart(8);
    const why = result.kind === 'built' ? `  ${summariseChanges(result.changes)}` : '';
    const line = `${result.kind.padEnd(9)}  ${name}  ${size}${time.padEnd(why === '' ? 0 : 7)}${why}`;
    return [line, ...carriedLines(result)];
  });
  const kinds = ['built', 'unchanged', 'failed'] as const;
  const counts = kinds.map(
    (kind) => `${units.filter((unit) => unit.kind === kind).length} ${kind}`,
  );
  return [...lines, `${counts.join(', ')} in ${formatSeconds(seconds)}`].join('\n');
}

/** What a zip that is new carries of its image, a line for each OS package. */
function carriedLines(result: UnitResult): readonly string[] {
  if (result.kind !== 'built') return [];
  const byPackage = new Map<string, string[]>();
  for (const { name, package: owner, version = '' } of result.digest.findings?.carried ?? []) {
    const origin = owner === undefined ? 'the image' : `${owner} ${version}`.trimEnd();
    byPackage.set(origin, [...(byPackage.get(origin) ?? []), name]);
  }
  const lines = [...byPackage].map(([origin, files]) => `from ${origin}: ${some(files)}`);
  const rest = lines.length - PACKAGES;
  const shown = rest > 0 ? [...lines.slice(0, PACKAGES), `and ${rest} more packages`] : lines;
  return shown.map((line) => `           ${line}`);
}

function some(files: readonly string[]): string {
  const rest = files.length - FILES;
  return rest > 0 ? `${files.slice(0, FILES).join(', ')} and ${rest} more` : files.join(', ');
}

/** What went wrong, each thing once however many units share it. */
export function failureDiagnostics({ units }: BuildResult): readonly Diagnostic[] {
  return [...new Set(units.flatMap((each) => (each.kind === 'failed' ? [each.diagnostic] : [])))];
}

/**
 * The results for another program; `path` is below the project.
 * @param more what else is told of the build, by the keys under which it is
 */
export function resultsJson(
  { units, report, audit, verdicts }: BuildResult,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const told = units.map((result) => resultJson(result, audit.get(result.unit) ?? []));
  const verified = verdicts && { verified: verdicts.map(verdictJson) };
  return JSON.stringify({ report, units: told, ...verified, ...more }, null, 2);
}

function resultJson(result: UnitResult, audit: readonly Diagnostic[]) {
  const { kind, name, zip } = result.unit;
  const unit = { kind, name, path: zip, status: result.kind };
  if (result.kind === 'failed') return { ...unit, error: result.diagnostic };
  // What other zips may count on is said to the audit alone.
  const { contents: _, ...digest } = result.digest;
  return { ...unit, ...digest, seconds: result.seconds, changes: result.changes, audit };
}
