import type { Fact, Misfit } from '../artifacts/index.js';
import type { Subject } from './subject.js';

/** A package, or a file of none, that was made for something else than the function. */
export interface Misfitting {
  /** Name and version of the package, or the path of the file. */
  readonly name: string;
  /** What it says of itself: tags of its wheel, the tag of a module, a format and a machine. */
  readonly made: string;
  /** What it belongs to: packages, libraries or code. */
  readonly of: string;
}

/**
 * What a zip has that does not fit in one respect, each package once.
 * @param formats of binary files that count too
 */
export function misfits(
  { digest }: Subject,
  misfit: Misfit,
  formats: readonly string[] = [],
): readonly Misfitting[] {
  const found = new Map<string, Misfitting>();
  for (const fact of digest.findings?.facts ?? []) {
    const made = fact.kind === 'handler' ? undefined : madeFor(fact, misfit, formats);
    if (fact.kind === 'handler' || made === undefined) continue;
    const name = nameOf(fact);
    if (!found.has(name)) found.set(name, { name, made, of: fact.of });
  }
  return [...found.values()];
}

function madeFor(fact: Fact, misfit: Misfit, formats: readonly string[]): string | undefined {
  switch (fact.kind) {
    case 'wheel':
      return fact.misfit === misfit ? fact.tags.join(', ') : undefined;
    case 'module':
      return fact.misfit === misfit ? fact.tag : undefined;
    case 'binary':
      return formats.includes(fact.format) ? `${fact.format} ${fact.machine}`.trim() : undefined;
    default:
      return undefined;
  }
}

/** The package that a file belongs to, with its version; the file itself where it belongs to none. */
export function nameOf({
  file,
  package: owner,
  packageVersion,
}: Pick<Fact, 'file' | 'package' | 'packageVersion'>): string {
  return owner === undefined ? file : [owner, packageVersion ?? []].flat().join(' ');
}

/** Facts of one kind that a zip has. */
export function factsOf<K extends Fact['kind']>(
  { digest }: Pick<Subject, 'digest'>,
  kind: K,
): readonly Extract<Fact, { kind: K }>[] {
  const isOfKind = (fact: { readonly kind: string }): fact is Extract<Fact, { kind: K }> =>
    fact.kind === kind;
  return (digest.findings?.facts ?? []).filter(isOfKind);
}
