import { type Fact, type HandlerFact, readFact } from './facts.js';
import { listOf, recordOf, textOf } from './json.js';

/**
 * What the step that packs a zip tells of it besides its digest; templates/findings.py writes it.
 * Names of files are paths in the zip.
 */
export interface Findings {
  /** Libraries that the zip needs and that neither it nor Lambda has. */
  readonly missing: readonly MissingLibrary[];
  /** Files that are carried from the image. */
  readonly carried: readonly CarriedFile[];
  /** Files that gave way to different ones. */
  readonly replaced: readonly ReplacedFile[];
  /** What the audit has to know besides. */
  readonly facts: readonly (Fact | HandlerFact)[];
}

/** Where a file of an image comes from. */
interface Origin {
  /** Absolute path in the image. */
  readonly path?: string;
  /** The OS package that it belongs to, and the package's version. */
  readonly package?: string;
  readonly version?: string;
}

export interface MissingLibrary extends Origin {
  /** The name under which the loader looks for it. */
  readonly library: string;
  /** Some of the files that need it; none when only libraries do. */
  readonly files: readonly string[];
  /** The missing libraries that need it. */
  readonly libraries: readonly string[];
  /** The folder of the image in which alone it is found, because a file says so. */
  readonly rpath?: string;
}

export interface CarriedFile extends Origin {
  readonly name: string;
  /** Whose package that is, such as `deb/debian` or `rpm/amzn`. */
  readonly system?: string;
}

export interface ReplacedFile {
  readonly name: string;
  /** What they belong to: `packages`, `libraries` or `code`. */
  readonly of: string;
  readonly by: string;
}

/** Reads findings from a parsed JSON value; what is not understood counts as not told. */
export function readFindings(value: unknown): Findings {
  const { missing, carried, replaced, facts } = recordOf(value);
  return {
    missing: listOf(missing, readMissing),
    carried: listOf(carried, readCarried),
    replaced: listOf(replaced, readReplaced),
    facts: listOf(facts, readFact),
  };
}

function readMissing(value: unknown): MissingLibrary | undefined {
  const { library, files, libraries, rpath } = recordOf(value);
  if (typeof library !== 'string') return undefined;
  return {
    library,
    ...readOrigin(value),
    files: listOf(files, textOf),
    libraries: listOf(libraries, textOf),
    ...(typeof rpath === 'string' && { rpath }),
  };
}

function readCarried(value: unknown): CarriedFile | undefined {
  const { name, system } = recordOf(value);
  if (typeof name !== 'string') return undefined;
  return { name, ...readOrigin(value), ...(typeof system === 'string' && { system }) };
}

function readReplaced(value: unknown): ReplacedFile | undefined {
  const { name, of, by } = recordOf(value);
  if (typeof name !== 'string' || typeof of !== 'string' || typeof by !== 'string')
    return undefined;
  return { name, of, by };
}

function readOrigin(value: unknown): Origin {
  const { path, package: owner, version } = recordOf(value);
  return {
    ...(typeof path === 'string' && { path }),
    ...(typeof owner === 'string' && { package: owner }),
    ...(typeof version === 'string' && { version }),
  };
}
