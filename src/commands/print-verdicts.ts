import type { Verdict } from '../api/index.js';
import { formatSeconds } from './figures.js';

/** A line for each unit that was verified. */
export function printVerdicts(verdicts: readonly Verdict[]): string {
  const width = Math.max(0, ...verdicts.map(({ unit }) => unit.name.length));
  const lines = verdicts.map(({ unit, status, milliseconds }) => {
    const time =
      milliseconds === undefined ? '' : `imported in ${formatSeconds(milliseconds / 1000)}`;
    return `${status.padEnd(9)}  ${unit.name.padEnd(width)}  ${time}`.trimEnd();
  });
  return lines.join('\n');
}

/** `2 passed, 1 failed`; what there is none of is left out. */
export function countVerdicts(verdicts: readonly Verdict[]): string {
  const kinds = ['passed', 'failed', 'unsure', 'skipped'] as const;
  return kinds
    .map((kind) => [verdicts.filter(({ status }) => status === kind).length, kind] as const)
    .filter(([count, kind]) => count > 0 || kind === 'passed')
    .map(([count, kind]) => `${count} ${kind}`)
    .join(', ');
}

/** A verdict for another program. */
export function verdictJson({ unit, status, milliseconds, diagnostics }: Verdict) {
  return {
    kind: unit.kind,
    name: unit.name,
    status,
    ...(milliseconds !== undefined && { importMilliseconds: milliseconds }),
    diagnostics,
  };
}

/** Everything that is told of the units, each thing once. */
export function verdictDiagnostics(verdicts: readonly Verdict[]) {
  return verdicts.flatMap(({ diagnostics }) => diagnostics);
}
