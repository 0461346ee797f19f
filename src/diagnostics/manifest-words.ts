import type { Diagnostic } from './diagnostic.js';

/** How a kind of manifest calls what hints tell people to write. */
export interface ManifestWords {
  /** The key that chooses the image to build in. */
  readonly image: string;
  /** Where that key is written, after "in". */
  readonly place: string;
  /** Whether its units take the keys of pkgr.yml: packages, libs, bytecode and so on. */
  readonly takesPkgrKeys: boolean;
  /** How to have a build with Docker instead of one without, and the reverse. */
  readonly withDocker: string;
  readonly withoutDocker: string;
  /** How pip is told of an index of one's own. */
  readonly index: string;
  /** What else can be done about requirements that do not go together, as a clause. */
  readonly conflict?: string;
}

/** Those of pkgr.yml, and of whatever takes its keys. */
export const pkgrWords: ManifestWords = {
  image: 'image',
  place: 'the manifest',
  takesPkgrKeys: true,
  withDocker: 'build with Docker (without --engine host)',
  withoutDocker: '`pkgr build --engine host`',
  index: 'pipconf in the manifest',
};

/** Keys of pkgr.yml as hints write them. */
const KEYS = /\blibs: |\bunder packages\b/;

/** The same diagnostic, whose hint tells where its keys are taken when the manifest does not take them. */
export function tellingOfKeys(
  diagnostic: Diagnostic,
  { takesPkgrKeys, place }: ManifestWords = pkgrWords,
): Diagnostic {
  const { hint = '' } = diagnostic;
  if (takesPkgrKeys || !KEYS.test(hint)) return diagnostic;
  return {
    ...diagnostic,
    hint: `${hint} (${place} has no such key, but pkgr.yml has: \`pkgr init\` writes one)`,
  };
}
