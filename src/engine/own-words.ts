import { type DiagnosticCode, type ManifestWords, pkgrWords } from '../diagnostics/index.js';

/** What one of pkgr's own programs inside the build has said before it gave up. */
export interface OwnWords {
  /** What it is about: packages, libs, bins, install, deflate or pack. */
  readonly subject: string;
  readonly text: string;
  /** The value of the manifest that it blames, as written there; absent when it blames none. */
  readonly value?: string;
}

const line = /^pkgr: ([a-z]+): (?!warning: )(.+)$/;

/** The lines of a failed step's log that are meant for people. templates/failure.py writes them. */
export function ownWords(log: readonly string[]): readonly OwnWords[] {
  return log.flatMap((text) => {
    const [, subject, words] = line.exec(text) ?? [];
    if (subject === undefined || words === undefined) return [];
    const value = valueIn(subject, words);
    return [{ subject, text: words, ...(value !== undefined && { value }) }];
  });
}

function valueIn(subject: string, text: string): string | undefined {
  if (subject === 'packages') return /^(\S+): (?:not found by|no package) /.exec(text)?.[1];
  if (subject !== 'libs' && subject !== 'bins') return undefined;
  return /^(.+) (?:matches no file|matches the whole image)/.exec(text)?.[1];
}

/** Which diagnostic such words are, and what to do about them. */
export function kindOfWords(
  { subject, text }: OwnWords,
  { image }: ManifestWords = pkgrWords,
): { readonly code: DiagnosticCode; readonly hint?: string } {
  if (/: not found by \S+$/.test(text)) {
    return {
      code: 'os-package-not-found',
      hint: 'check the name, which differs between distributions: a list for each package manager is written packages: {apt-get: [libpq-dev], dnf: [libpq-devel]}',
    };
  }
  if (/packages are given only for:/.test(text)) {
    return {
      code: 'os-package-not-found',
      hint: 'add a list for the package manager that the image has',
    };
  }
  if (text.startsWith('the image has no package manager')) {
    return {
      code: 'no-package-manager',
      hint: 'choose an image that has one, or install the packages in a Dockerfile of your own (dockerfile:)',
    };
  }
  if (subject === 'libs' || subject === 'bins') {
    return {
      code: 'library-not-found',
      hint: /matches no file/.test(text)
        ? 'name the OS package that has it under packages, or drop the line; where it lies differs between distributions: /usr/lib64 or /usr/lib/x86_64-linux-gnu'
        : 'name one of them only',
    };
  }
  if (/^the runtime is \S+ but .* is Python/.test(text)) {
    return { code: 'wrong-python', hint: `change runtime or ${image} so that they agree` };
  }
  if (/ has no pip: /.test(text)) return { code: 'wrong-python' };
  return { code: 'step-failed' };
}
