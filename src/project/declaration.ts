import type { AuditLevels, Location, ManifestWords } from '../diagnostics/index.js';
import type { Bytecode } from './bytecode.js';
import type { PruneChoice } from './prune.js';
import type {
  Architecture,
  Installer,
  Located,
  OsPackages,
  Preferences,
  Requirement,
  Unit,
  UnitRuntime,
  Verify,
} from './unit.js';

/**
 * What a manifest says, in the terms that all dialects share: each dialect merges its own globals
 * and fills in its own conventions, and from here on there is one way. Paths are not checked yet.
 */
export interface Declaration {
  /** The folder of the zips; absent when the manifest names none. */
  readonly output?: Located<string>;
  /** `exclude` for every unit. */
  readonly exclude: readonly string[];
  /** What the manifest calls the key of `output`, for messages; `output` when absent. */
  readonly outputKey?: string;
  /** See Project. */
  readonly cleansOutput?: true;
  /** Whether the module of each handler must be among the code, or may be that of a package. */
  readonly checksHandlers?: true;
  readonly preferences?: Preferences;
  /** See Project. */
  readonly words?: ManifestWords;
  /** See Project. */
  readonly secretValues?: ReadonlyMap<string, string>;
  readonly units: readonly UnitDeclaration[];
}

export interface UnitDeclaration {
  readonly kind: Unit['kind'];
  readonly name: string;
  readonly at: Location;
  readonly runtime?: Located<UnitRuntime>;
  readonly architecture?: Located<Architecture>;
  readonly base?:
    | {
        readonly kind: 'image';
        readonly name: Located<string>;
        /** See Base. */
        readonly ignoresLambdaFolders?: true;
      }
    | DockerfileDeclaration;
  readonly packages: OsPackages;
  readonly requirements: readonly RequirementDeclaration[];
  readonly include: readonly IncludeDeclaration[];
  /** Those for every unit first, then its own. */
  readonly exclude: readonly string[];
  /** See Unit. */
  readonly excludeInZip?: readonly string[];
  /** What is left out of the installed packages. */
  readonly prune?: readonly PruneChoice[];
  /** Absent when nothing is said. */
  readonly bytecode?: Located<Bytecode>;
  /** Absent when nothing is said. */
  readonly installer?: Installer;
  /** Paths and globs in the image; `auto` stands for every library that is needed. */
  readonly libs: readonly Located<string>[];
  readonly bins: readonly Located<string>[];
  readonly buildEnvironment: Readonly<Record<string, string>>;
  /** See Unit. */
  readonly secretEnvironment?: readonly Located<string>[];
  readonly offersSsh?: true;
  readonly installsSeparately?: true;
  readonly packagesOverCode?: true;
  /** Its key in the manifest, where that is not its name. */
  readonly key?: string;
  /** Path of its zip from the project, below the output folder; NAME.zip in it when absent. */
  readonly zip?: Located<string>;
  readonly runtimeImage?: Located<string>;
  readonly verifyImage?: Located<string>;
  /** Absent when nothing is said of it. */
  readonly verify?: Verify;
  readonly pipconf?: Located<string>;
  readonly handler?: Located<string>;
  /** Of a function: the layers that it has in Lambda; later ones are laid over earlier ones. */
  readonly layers?: readonly LayerDeclaration[];
  /** The weights that it gives to findings in its zip. */
  readonly audit?: AuditLevels;
  /** Part of it was refused when it was read, so that it may be absent through no fault of its own. */
  readonly refused: { readonly runtime: boolean; readonly content: boolean };
}

/** A Dockerfile of the user's own, with its paths as written. */
export interface DockerfileDeclaration {
  readonly kind: 'dockerfile';
  readonly at: Location;
  /** `Dockerfile` in the context when absent. */
  readonly file?: Located<string>;
  /** The project when absent. */
  readonly context?: Located<string>;
  /** The last stage when absent. */
  readonly target?: Located<string>;
  readonly args: readonly { readonly name: Located<string>; readonly value: string }[];
}

/** As written: the name of a file or a line of one, by `kind` or else by requirementKind(). */
export interface RequirementDeclaration extends Located<string> {
  readonly kind?: Requirement['kind'];
}

/**
 * As written: the name of a layer of the manifest, or an ARN. `external` is whatever else a dialect
 * can name that is no layer of the manifest, in the words to show.
 */
export interface LayerDeclaration extends Located<string> {
  readonly kind?: 'external';
}

export interface IncludeDeclaration {
  /** `dir/` is what is in dir, `dir` the folder itself. */
  readonly from: Located<string>;
  /** With a slash at its end the folder to put it in; with one at its start, from the zip's root. */
  readonly to?: Located<string>;
  /** As `exclude` of the unit, for this include only. */
  readonly exclude?: readonly string[];
}
