import type { AuditCode, Severity } from '../diagnostics/index.js';

/** What is wrong with one zip, without its name, so that others with the same are told of together. */
export interface Finding {
  readonly code: AuditCode;
  readonly severity: Severity;
  /** What follows the name of the unit, such as `needs libpq.so.5`. */
  readonly one: string;
  /** The same of several units: `need libpq.so.5`. */
  readonly many: string;
  /** What to do, in one sentence. */
  readonly hint: string;
  readonly details?: readonly string[];
  /** What of the unit's declaration is to blame; the unit itself when absent. */
  readonly about?: 'handler';
}
