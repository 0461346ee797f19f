import type { BuildResult, UnitResult } from '../api/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import { formatSeconds, formatSize } from './figures.js';

/** A line for each unit, and a summary. */
export function printResults({ units }: BuildResult, seconds: number): string {
  const width = Math.max(...units.map(({ unit }) => unit.name.length));
  const lines = units.map((result) => {
    const name = result.unit.name.padEnd(width);
    if (result.kind === 'failed') return `failed     ${result.unit.name}`;
    const time = result.seconds > 0 ? `  ${formatSeconds(result.seconds)}` : '';
    return `${result.kind.padEnd(9)}  ${name}  ${formatSize(result.digest.size).padStart(8)}${time}`;
  });
  const kinds = ['built', 'unchanged', 'failed'] as const;
  const counts = kinds.map(
    (kind) => `${units.filter((unit) => unit.kind === kind).length} ${kind}`,
  );
  return [...lines, `${counts.join(', ')} in ${formatSeconds(seconds)}`].join('\n');
}

/** What went wrong, each thing once however many units share it. */
export function failureDiagnostics({ units }: BuildResult): readonly Diagnostic[] {
  return [...new Set(units.flatMap((each) => (each.kind === 'failed' ? [each.diagnostic] : [])))];
}

/** The results for another program; `path` is below the project. */
export function resultsJson({ units, report }: BuildResult): string {
  return JSON.stringify({ report, units: units.map(resultJson) }, null, 2);
}

function resultJson(result: UnitResult) {
  const { kind, name, zip } = result.unit;
  const unit = { kind, name, path: zip, status: result.kind };
  return result.kind === 'failed'
    ? { ...unit, error: result.diagnostic }
    : { ...unit, ...result.digest, seconds: result.seconds };
}
