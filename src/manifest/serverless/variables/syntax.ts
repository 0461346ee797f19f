import { type Delimiters, standardDelimiters } from './template.js';

/**
 * What variables begin and end with by provider.variableSyntax, a regular expression with one group
 * for what is between them, such as `\${{([ ~:a-zA-Z0-9._@'",\-\/\(\)]+?)}}`. Only its ends are used:
 * an expression of somebody else's is never run. Undefined when its ends are no plain text.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/variables, version 1
 */
export function delimitersOf(variableSyntax: unknown): Delimiters | undefined {
  if (variableSyntax === undefined || variableSyntax === null) return standardDelimiters;
  if (typeof variableSyntax !== 'string' || variableSyntax.length > 1000) return undefined;
  const parts: readonly string[] = variableSyntax.match(/\\[\s\S]|[\s\S]/g) ?? [];
  const start = parts.indexOf('(');
  const end = parts.lastIndexOf(')');
  if (start < 0 || end < start) return undefined;
  const open = plainText(parts.slice(0, start));
  const close = plainText(parts.slice(end + 1));
  return open && close ? { open, close, allowsBlanks: true } : undefined;
}

/** The text that these parts of an expression match, if it is just one. */
function plainText(parts: readonly string[]): string | undefined {
  const isPlain = parts.every((part) => !/^(?:\\[A-Za-z0-9]|[.*+?^[\]|()])$/.test(part));
  return isPlain ? parts.map((part) => part.slice(-1)).join('') : undefined;
}
