/**
 * Digests of zips in, with what their builds have found in them; what is wrong with them out. Pure:
 * the facts are gathered inside the build (templates/), here is decided what they mean.
 */
export {
  type Audited,
  audit,
  auditDiagnostics,
  auditOf,
  type PlaceOf,
} from './audit.js';
export type { Finding } from './finding.js';
export type { AuditedZip } from './subject.js';
