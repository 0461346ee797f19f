/**
 * What templates/verify.py tells of a unit that was imported in its runtime's image. Files are paths
 * as in Lambda, such as /var/task/app.py.
 */
export interface Verification {
  /** Python's version, such as 3.11.2; '' when it did not come that far. */
  readonly python: string;
  /** How long the import took, when it was made; absent when it failed. */
  readonly milliseconds?: number;
  readonly problems: readonly Problem[];
  /** Addresses that an import has asked for. */
  readonly network: readonly string[];
  /** The last lines that were printed. */
  readonly output: readonly string[];
  /** Modules at the top of its zips, by the package that brings them; '' for own ones. */
  readonly modules: Readonly<Record<string, string>>;
}

/** A line of code. */
export interface CodePlace {
  readonly file: string;
  readonly line: number;
  /** The function that it is in; `<module>` outside of any. */
  readonly function: string;
}

const kinds = [
  'compiled-otherwise',
  'crashed',
  'environment',
  'exception',
  'exited',
  'flood',
  'handler-arguments',
  'handler-async',
  'handler-built-in',
  'handler-generator',
  'handler-missing',
  'handler-module',
  'handler-not-callable',
  'import-name',
  'missing-library',
  'missing-metadata',
  'missing-module',
  'network',
  'no-semaphores',
  'read-only',
  'symbol-version',
  'syntax',
  'too-long',
  'undefined-symbol',
  'unfit-file',
  'wrong-architecture',
  'wrong-image',
] as const;

const texts = [
  'code',
  'distribution',
  'file',
  'function',
  'has',
  'importing',
  'library',
  'message',
  'module',
  'name',
  'partOf',
  'path',
  'removedIn',
  'signal',
  'symbol',
  'symbolVersion',
  'tag',
  'text',
  'type',
  'version',
  'wants',
  'what',
] as const;

const lists = [
  'addresses',
  'also',
  'arguments',
  'asked',
  'elsewhere',
  'names',
  'near',
  'neededBy',
  'network',
  'trace',
  'variables',
  'wheels',
] as const;

export type ProblemKind = (typeof kinds)[number];

/** One thing that does not work: its kind, and what the program found out about it. */
export type Problem = {
  readonly kind: ProblemKind;
  /**
   * In the import of the handler's module, in an import that a function of it makes when it is
   * called, or in that of a package.
   */
  readonly during: 'import' | 'later' | 'module';
  /** The line of the unit's own code that led there. */
  readonly place?: CodePlace;
  /** AWS's own runtime has the module. */
  readonly inLambda?: boolean;
  /** The module is of the standard library, and this Python was built without it. */
  readonly standard?: boolean;
} & Partial<Readonly<Record<(typeof texts)[number], string>>> &
  Partial<Readonly<Record<(typeof lists)[number], readonly string[]>>>;

/** Reads a verification from a parsed JSON value; undefined when it is none. */
export function readVerification(value: unknown): Verification | undefined {
  const { version, python, milliseconds, problems, network, output, modules } = recordOf(value);
  if (version !== 1 || !Array.isArray(problems)) return undefined;
  return {
    python: typeof python === 'string' ? python : '',
    ...(typeof milliseconds === 'number' && { milliseconds }),
    problems: problems.map(readProblem),
    network: textsOf(network),
    output: textsOf(output),
    modules: Object.fromEntries(
      Object.entries(recordOf(modules)).filter(
        (entry): entry is [string, string] => typeof entry[1] === 'string',
      ),
    ),
  };
}

/** A kind that is not known is told as an exception, with whatever is understood of it. */
function readProblem(value: unknown): Problem {
  const given = recordOf(value);
  const during = (['later', 'module'] as const).find((part) => part === given.during) ?? 'import';
  const place = readPlace(given.place);
  return {
    kind: kinds.find((kind) => kind === given.kind) ?? 'exception',
    during,
    ...(place && { place }),
    ...(given.inLambda === true && { inLambda: true }),
    ...(given.standard === true && { standard: true }),
    ...pick(texts, given, (text) => (typeof text === 'string' ? text : undefined)),
    ...pick(lists, given, (list) => (Array.isArray(list) ? textsOf(list) : undefined)),
  };
}

function readPlace(value: unknown): CodePlace | undefined {
  const { file, line, function: name } = recordOf(value);
  if (typeof file !== 'string' || typeof line !== 'number') return undefined;
  return { file, line, function: typeof name === 'string' ? name : '' };
}

function pick<K extends string, T>(
  names: readonly K[],
  given: Readonly<Record<string, unknown>>,
  read: (value: unknown) => T | undefined,
): Partial<Record<K, T>> {
  const found: Partial<Record<K, T>> = {};
  for (const name of names) {
    const value = read(given[name]);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
