import { expect } from 'vitest';
import type { Contents, Digest, Findings } from '../../src/artifacts/index.js';
import { type AuditedZip, audit, auditDiagnostics, auditOf } from '../../src/audit/index.js';
import { auditCodes, formatDiagnostics } from '../../src/diagnostics/index.js';
import type { PlannedUnit } from '../../src/plan/index.js';

const nothing: Findings = { missing: [], carried: [], replaced: [], facts: [] };

/** A zip as its build tells of it: `findings` and `contents` where it has any. */
export interface Told extends Partial<Omit<Digest, 'findings' | 'contents'>> {
  readonly findings?: Partial<Findings>;
  readonly contents?: Partial<Contents>;
}

/** A function that was built; `own` is what matters of its unit. */
export function fn(name: string, told: Told = {}, own: Partial<PlannedUnit> = {}): AuditedZip {
  return zip(name, told, own);
}

export function layer(name: string, told: Told = {}, own: Partial<PlannedUnit> = {}): AuditedZip {
  return zip(name, told, { kind: 'layer', packagesPrefix: 'python', ...own });
}

/** Names of layers of the manifest, or ARNs. */
export function layers(...names: readonly string[]): Pick<PlannedUnit, 'layers'> {
  return {
    layers: names.map((name) =>
      name.startsWith('arn:') ? { kind: 'external', arn: name } : { kind: 'unit', name },
    ),
  };
}

function zip(name: string, { findings, contents, ...numbers }: Told, own: Partial<PlannedUnit>) {
  const unit: PlannedUnit = {
    kind: 'function',
    name,
    target: name,
    at: { file: 'pkgr.yml', line: 7, column: 3 },
    runtime: 'python3.13',
    architecture: 'x86_64',
    handlers: [],
    layers: [],
    bytecode: { kind: 'none' },
    base: 'base',
    packagesPrefix: '',
    code: [],
    zip: `dist/${name}.zip`,
    ...own,
  };
  const digest: Digest = {
    size: 1,
    sha256: 'a'.repeat(64),
    unzippedSize: 1,
    entries: 1,
    ...numbers,
    ...(findings && { findings: { ...nothing, ...findings } }),
    ...(contents && { contents: { libraries: [], modules: [], ...contents } }),
  };
  return { unit, digest };
}

/** What is told of zips that were built together, as it is printed; every code is one of the audit's. */
export function toldOf(zips: readonly AuditedZip[], earlier?: ReadonlyMap<string, number>): string {
  const audited = audit(zips, earlier);
  for (const { findings } of audited) {
    for (const { code } of findings) expect(auditCodes).toContain(code);
  }
  return formatDiagnostics(auditDiagnostics(audited));
}

/** `severity code` of everything that is found in one of the zips. */
export function codesOf(
  name: string,
  zips: readonly AuditedZip[],
  earlier?: ReadonlyMap<string, number>,
): readonly string[] {
  const one = audit(zips, earlier).find(({ unit }) => unit.name === name);
  if (one === undefined) throw new Error(`no zip is named ${name}`);
  return auditOf(one).map(({ severity, code }) => `${severity} ${code}`);
}
