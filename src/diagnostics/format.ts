import type { Diagnostic } from './diagnostic.js';

/**
 * A diagnostic as text: `file:line:column: severity: message [code]`, details and hint below.
 * @param told Who prints it says the severity already.
 */
export function formatDiagnostic(diagnostic: Diagnostic, told?: 'severity is told'): string {
  const { at, severity, message, code, hint, details = [] } = diagnostic;
  const place = at === undefined ? '' : `${at.file}:${at.line}:${at.column}: `;
  const weight = told === undefined ? `${severity}: ` : '';
  const lines = [`${place}${weight}${message} [${code}]`];
  for (const detail of details) lines.push(`  | ${detail}`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.map(visible).join('\n');
}

/** All of them, in the order given, one below the other. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n');
}

/** Names come from manifests, file systems and zips: control characters must not reach a terminal, nor line breaks. */
export function visible(line: string): string {
  return line.replace(/[^\P{Cc}\t]|[\u2028-\u202e\u2066-\u2069]/gu, (char) => {
    return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
