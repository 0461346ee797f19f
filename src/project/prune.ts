/**
 * What can be left out of installed packages, as patterns of .dockerignore's syntax against their
 * paths below the folder that pip installs into. A pattern that ends in a slash and two stars takes
 * folders only: a module of the same name stays.
 */
const patterns = {
  tests: ['**/tests/**'],
  'dist-info': ['**/*.dist-info/**', '**/*.egg-info/**'],
  pyc: ['**/*.py[co]', '**/__pycache__/**'],
  // Never folders named docs: boto3.docs is a package that boto3 imports.
  docs: ['**/*.md', '**/*.rst', '!**/*.dist-info/**', 'share/doc/**', 'share/man/**'],
  stubs: ['**/*.pyi', '**/py.typed', '*-stubs/**'],
  sources: ['**/*.c', '**/*.cpp', '**/*.h', '**/*.hpp', '**/*.pxd', '**/*.pyx', '**/*.f90'],
  /** All that juniper 0.5 deletes; see its package.sh. */
  juniper: [
    '**/requirements.txt',
    '**/manifest.yml',
    '**/setup.cfg',
    '**/*.py[co]',
    '**/__pycache__/**',
    '**/.juni/**',
    '**/tests/**',
    '**/features/**',
    '**/*.dist-info*/**',
    '**/*.egg-info*/**',
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type PruneChoice = keyof typeof patterns;

/**
 * The patterns of these choices together. Those with an exception come first, so that what one
 * choice spares another one can still leave out.
 */
export function prunePatterns(choices: readonly PruneChoice[]): readonly string[] {
  const chosen = [...new Set(choices)].map((choice): readonly string[] => patterns[choice]);
  const hasException = (list: readonly string[]) => list.some((line) => line.startsWith('!'));
  const ordered = [...chosen.filter(hasException), ...chosen.filter((list) => !hasException(list))];
  return [...new Set(ordered.flat())];
}

/**
 * The choices that these patterns are of, as a manifest writes them: `juniper`, or a list.
 * @param given what prunePatterns() has made
 */
export function pruneChoicesOf(given: readonly string[]): 'juniper' | readonly PruneChoice[] {
  const juniper = prunePatterns(['juniper']);
  if (JSON.stringify(juniper) === JSON.stringify(given)) return 'juniper';
  return choicesInOrder.filter((choice) => patterns[choice].every((line) => given.includes(line)));
}

const choicesInOrder = ['tests', 'dist-info', 'pyc', 'docs', 'stubs', 'sources'] as const;

/** What juniper deletes from a zip, wherever it is there. */
export const deletedByJuniper: readonly string[] = patterns.juniper;
