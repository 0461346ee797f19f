import type { DiagnosticCode } from '../diagnostics/index.js';

/** Ends the reading or packing of a unit's files, or the installing of its packages, for a reason to be told. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint?: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }
}
