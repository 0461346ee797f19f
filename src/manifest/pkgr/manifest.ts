import type { AuditLevels, Location } from '../../diagnostics/index.js';
import type { Located } from '../source.js';
import type { managers } from './schema.js';
import type {
  architectures,
  bytecodes,
  installers,
  pruneChoices,
  runtimes,
  verifyModes,
} from './values.js';

/** pkgr.yml as it is written, but typed, in one form each, and with the place of every value. */
export interface PkgrManifest {
  readonly output?: Located<string>;
  readonly global: PkgrSection;
  readonly units: readonly PkgrUnit[];
}

export interface PkgrUnit extends PkgrSection {
  readonly kind: 'function' | 'layer';
  readonly name: string;
}

/** What `global` and each unit say. A single value where a list may stand is a list of one. */
export interface PkgrSection {
  /** Where the section's name is written. */
  readonly at: Location;
  /** Keys whose value, or part of it, was refused: nothing can be said about their absence. */
  readonly refused: ReadonlySet<string>;
  readonly runtime?: Located<(typeof runtimes)[number]>;
  readonly architecture?: Located<(typeof architectures)[number]>;
  readonly image?: Located<string>;
  readonly dockerfile?: PkgrDockerfile;
  readonly runtimeImage?: Located<string>;
  readonly verifyImage?: Located<string>;
  /** Absent when nothing is said. */
  readonly verify?: PkgrVerify;
  readonly pipconf?: Located<string>;
  readonly handler?: Located<string>;
  /** Of a function: names of layers and ARNs. */
  readonly layers: readonly Located<string>[];
  readonly packages: PkgrPackages;
  readonly requirements: readonly Located<string>[];
  readonly include: readonly PkgrInclude[];
  readonly exclude: readonly Located<string>[];
  /** Absent when nothing is said; an empty list leaves nothing out. */
  readonly prune?: readonly PkgrPrune[];
  readonly bytecode?: Located<(typeof bytecodes)[number]>;
  readonly installer?: Located<(typeof installers)[number]>;
  /** Paths and globs; `auto` may be among them. */
  readonly libs: readonly Located<string>[];
  readonly bins: readonly Located<string>[];
  readonly buildEnvironment: Readonly<Record<string, string>>;
  /** The weights of findings; empty when nothing is said. */
  readonly audit: AuditLevels;
}

/** A Dockerfile of the user's own; a path alone is its `file`. */
export interface PkgrDockerfile {
  readonly at: Location;
  readonly file?: Located<string>;
  readonly context?: Located<string>;
  readonly target?: Located<string>;
  readonly args: readonly PkgrArgument[];
}

export interface PkgrArgument {
  readonly name: Located<string>;
  readonly value: string;
}

export interface PkgrVerify {
  readonly mode: (typeof verifyModes)[number];
  readonly environment: Readonly<Record<string, string>>;
}

export type PkgrPrune = (typeof pruneChoices)[number] | 'juniper';

export interface PkgrPackages {
  readonly any: readonly Located<string>[];
  readonly byManager: Readonly<
    Partial<Record<(typeof managers)[number], readonly Located<string>[]>>
  >;
}

export interface PkgrInclude {
  readonly from: Located<string>;
  readonly to?: Located<string>;
}
