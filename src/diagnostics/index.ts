/** What pkgr has to tell people: diagnostics as data, their exit codes, and their printing. */
export {
  type AuditCode,
  type AuditLevels,
  auditCodes,
  auditLevels,
  auditRemedies,
} from './audit-codes.js';
export { type DiagnosticCode, diagnosticCodes } from './codes.js';
export { type Diagnostic, hasErrors, type Location, type Severity } from './diagnostic.js';
export { ExitCode, PkgrError } from './exit.js';
export { formatDiagnostic, formatDiagnostics, visible } from './format.js';
export { type ManifestWords, pkgrWords, tellingOfKeys } from './manifest-words.js';
export { nearest } from './nearest.js';
