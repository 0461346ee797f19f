import type { AuditLevels, Diagnostic, Location } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { Finding } from './finding.js';
import { rules } from './rules/index.js';
import { type AuditedZip, type Subject, subjectsOf } from './subject.js';

/** What the audit has to say of one zip. */
export interface Audited {
  readonly unit: PlannedUnit;
  readonly findings: readonly Finding[];
}

/**
 * Judges zips by what their builds have found in them, each function together with its layers.
 * @param earlier bytes when unpacked of layers that earlier builds have left, by name
 */
export function audit(
  zips: readonly AuditedZip[],
  earlier?: ReadonlyMap<string, number>,
): readonly Audited[] {
  return subjectsOf(zips, earlier).map((subject) => ({
    unit: subject.unit,
    findings: findingsOf(subject),
  }));
}

function findingsOf(subject: Subject): readonly Finding[] {
  return rules
    .flatMap((rule) => rule(subject))
    .flatMap((finding) => weighted(finding, subject.unit.audit));
}

/** A finding with the weight that the manifest gives to its code. */
function weighted(finding: Finding, levels: AuditLevels = {}): readonly Finding[] {
  const level = levels[finding.code];
  if (level === undefined) return [finding];
  return level === 'ignore' ? [] : [{ ...finding, severity: level }];
}

/** Where a finding is to be mended: the place of the unit, or of the part of it that is to blame. */
export type PlaceOf = (unit: PlannedUnit, about: Finding['about']) => Location;

const placeOfUnit: PlaceOf = ({ at }) => at;

/** What is found in one zip, told by itself. */
export function auditOf(
  { unit, findings }: Audited,
  placeOf: PlaceOf = placeOfUnit,
): readonly Diagnostic[] {
  return findings.map((finding) => diagnosticOf(finding, [unit], placeOf));
}

/** What is found in all zips: units with the same finding are told of together. */
export function auditDiagnostics(
  audited: readonly Audited[],
  placeOf: PlaceOf = placeOfUnit,
): readonly Diagnostic[] {
  const told = new Map<string, { readonly finding: Finding; readonly units: PlannedUnit[] }>();
  for (const { unit, findings } of audited) {
    for (const finding of findings) {
      const key = JSON.stringify(finding);
      const same = told.get(key);
      if (same === undefined) told.set(key, { finding, units: [unit] });
      else same.units.push(unit);
    }
  }
  return [...told.values()].map(({ finding, units }) => diagnosticOf(finding, units, placeOf));
}

function diagnosticOf(
  { code, severity, one, many, hint, details, about }: Finding,
  units: readonly PlannedUnit[],
  placeOf: PlaceOf,
): Diagnostic {
  const [first] = units;
  return {
    code,
    severity,
    message: `${namesOf(units)} ${units.length > 1 ? many : one}`,
    ...(first && { at: placeOf(first, about) }),
    hint,
    ...(details && { details }),
  };
}

function namesOf(units: readonly PlannedUnit[]): string {
  const [first = '', second, ...more] = units.map(({ kind, name }) => {
    return `${kind} ${JSON.stringify(name)}`;
  });
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
}
