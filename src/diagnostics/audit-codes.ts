import type { DiagnosticCode } from './codes.js';
import type { Severity } from './diagnostic.js';

/**
 * What the audit of a zip can find, with what to do about it; the manifest's `audit` gives each of
 * them another weight. What they mean is in codes.ts.
 */
export const auditRemedies = {
  'zip-too-large':
    'Prune or exclude something, move packages to a layer, or upload through S3 and ignore it.',
  'unzipped-too-large':
    'Prune or exclude something, or deploy a container image, which may have 10 GB.',
  'too-many-layers': 'Join layers, or pack what is in one of them with the function.',
  'near-limit': 'Make room before it grows.',
  'handler-not-found':
    'Correct the handler, include the file, or name the layer that has it; mind its letter case.',
  'handler-undefined': 'Correct the name in the handler, or define the function in the module.',
  'unfit-handler': 'Define it as `def handler(event, context)`, without `async`.',
  'syntax-error': 'Mend the line, or choose the runtime that the code was written for.',
  'missing-library':
    'Write `libs: auto`, name the OS package under `packages`, or name the layer that has it.',
  'symbol-version':
    "Build in the runtime's own image, pin a version with an older wheel (manylinux_2_17 runs everywhere), or take a newer runtime.",
  'outside-rpath': 'Carry the library with `libs`, so that it lies in lib/, where Lambda looks.',
  'wrong-architecture': "Install for the unit's `architecture`, or change it.",
  'wrong-platform':
    'Let pkgr install the package instead of including an installed one, and drop `--platform`.',
  'wrong-abi': 'Let pkgr install the package for the runtime, or change the runtime.',
  'shadowed-module': 'Rename the module, or put it into a package of your own.',
  'shadowed-runtime': 'Rename the module, or drop the requirement that brings it.',
  'replaced-file': 'Rename one of the two, or put it into a package of your own.',
  'case-clash': 'Rename one of them.',
  'secret-file': 'Leave it out with `exclude`; if it was deployed, replace the secret.',
} as const satisfies Readonly<Partial<Record<DiagnosticCode, string>>>;

export type AuditCode = keyof typeof auditRemedies;

export const auditCodes: readonly AuditCode[] = Object.keys(auditRemedies).filter(isAuditCode);

function isAuditCode(code: string): code is AuditCode {
  return Object.hasOwn(auditRemedies, code);
}

/** What the manifest can make of a finding; `ignore` keeps it untold. */
export const auditLevels = ['ignore', 'notice', 'warning', 'error'] as const satisfies readonly (
  | Severity
  | 'ignore'
)[];

export type AuditLevel = (typeof auditLevels)[number];

/** What a manifest says of findings, by their codes. */
export type AuditLevels = Readonly<Partial<Record<AuditCode, AuditLevel>>>;
