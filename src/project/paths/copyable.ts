/**
 * Why a COPY cannot name a path that a Dockerfile can hold; undefined when it can. Its source is
 * a glob, and also a pattern that selects what is sent to the engine; in the two together these
 * have no escape. The printer refuses the same (src/dockerfile/quote.ts).
 */
export function whyNoCopy(path: string): string | undefined {
  const wildcard = /[*?]/.exec(path)?.[0];
  if (wildcard !== undefined) return `has a ${wildcard}`;
  if (path.startsWith('!')) return 'begins with a !';
  // A blank at the end of a name is written in brackets.
  const hasBrackets = /[[\]]|(?<![^/])\s|\s(?![^/])/.test(path);
  return hasBrackets && path.includes('^') ? 'has a ^ beside brackets' : undefined;
}
