import type { AuditLevels, Location, ManifestWords } from '../diagnostics/index.js';
import type { Bytecode } from './bytecode.js';

/** Lambda's two instruction sets, by Lambda's names. */
export type Architecture = 'x86_64' | 'arm64';

/** What Docker calls the platform of each. */
export const platforms: Readonly<Record<Architecture, string>> = {
  x86_64: 'linux/amd64',
  arm64: 'linux/arm64',
};

/** What Lambda calls the runtime, such as `python3.11`. */
export type Runtime = `python3.${number}`;

/**
 * The runtime of a unit. `any` is whatever Python its image has: juniper's manifests name images
 * only, and an image such as `juniper/xmlsec` does not tell.
 */
export type UnitRuntime = Runtime | 'any';

/** A value together with the place in the manifest that gave it. */
export interface Located<T> {
  readonly value: T;
  readonly at: Location;
}

/** What a unit is built on: an image by name, or a Dockerfile of the user's own. */
export type Base =
  | {
      readonly kind: 'image';
      readonly name: string;
      /** Absent when the runtime's default image is used. */
      readonly at?: Location;
      /** Its lambda_lib and lambda_bin are not carried: the dialect does not know of such folders. */
      readonly ignoresLambdaFolders?: true;
    }
  | {
      readonly kind: 'dockerfile';
      /** Path of the Dockerfile below the project. */
      readonly path: string;
      /** What is written in it; it has been read without an error. */
      readonly text: string;
      /** The folder below the project that it copies from; the project itself when absent. */
      readonly context?: string;
      /** The name of the stage that is the base; the last one when absent. */
      readonly target?: string;
      /** Values of its ARGs, sorted by name; absent when there are none. */
      readonly args?: Readonly<Record<string, string>>;
      readonly at: Location;
    };

/** What installs packages: pip, or uv where that leads to the same. */
export const installers = ['uv', 'pip'] as const;
export type Installer = (typeof installers)[number];

/** The package managers that pkgr can drive in an image. */
export const packageManagers = ['apt-get', 'dnf', 'microdnf', 'yum', 'apk'] as const;
export type PackageManager = (typeof packageManagers)[number];

/** OS packages: names for whichever package manager the image has, and names by manager. */
export interface OsPackages {
  readonly any: readonly string[];
  readonly byManager: Readonly<Partial<Record<PackageManager, readonly string[]>>>;
  /** Where the first of them is written; absent when there is none. */
  readonly at?: Location;
  /** Where each of them is written, by its name. */
  readonly places?: Readonly<Record<string, Location>>;
}

/** A requirements file, or one requirement written in the manifest itself. */
export type Requirement =
  | { readonly kind: 'file'; readonly path: string; readonly at: Location }
  | { readonly kind: 'line'; readonly text: string; readonly at: Location };

/** What pip is asked to install, and every local path that this reads. */
export interface Requirements {
  readonly sources: readonly Requirement[];
  /** Files (requirements, constraints, wheels, sdists) and folders pip reads, sorted, below the project. */
  readonly inputs: readonly RequirementInput[];
  /** A requirement is fetched with git over SSH, so the install step gets an ssh mount. */
  readonly usesSsh: boolean;
}

export interface RequirementInput {
  readonly kind: 'file' | 'directory';
  readonly path: string;
}

/**
 * Code that goes into the zip.
 * `file` is copied to the path `to`; `directory` becomes the folder `to`; of `contents` everything
 * inside goes below `to`. Paths are POSIX: `from` below the project ('' is the project itself),
 * `to` below the zip's root ('' is the root), neither with a slash at an end.
 */
export interface Include {
  readonly kind: 'file' | 'directory' | 'contents';
  readonly from: string;
  readonly to: string;
  readonly at: Location;
  /** Patterns like `exclude` of the unit, for this include only. */
  readonly exclude?: readonly string[];
}

/** Whether a unit is imported in its runtime's image, and the environment that it has there. */
export interface Verify {
  readonly mode: 'imports' | 'off';
  /** It is written into the Dockerfile of the solve. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A layer that a function has in Lambda: one of the same manifest, or one that is elsewhere. */
export type UnitLayer =
  | { readonly kind: 'unit'; readonly name: string }
  | { readonly kind: 'external'; readonly arn: string };

/** A function or a layer, whatever dialect it was declared in. */
export interface Unit {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  readonly at: Location;
  readonly runtime: UnitRuntime;
  readonly architecture: Architecture;
  readonly base: Base;
  readonly packages: OsPackages;
  readonly requirements: Requirements;
  readonly include: readonly Include[];
  /** What it includes takes no time worth telling of to be packed. */
  readonly hasSmallCode: boolean;
  /** Patterns of .dockerignore's syntax against paths below the project: what is not to be packed. */
  readonly exclude: readonly string[];
  /** Patterns against paths in the zip: which of the unit's own files are not packed. */
  readonly excludeInZip: readonly string[];
  /** Patterns against paths of installed packages: which of their files are not packed. */
  readonly prune: readonly string[];
  /** What is made of its sources, those of packages too. */
  readonly bytecode: Bytecode;
  /** pip installs whatever uv cannot, or not to the same end, also where this is uv. */
  readonly installer: Installer;
  /** Files or globs of the image that are carried in lib/ and in bin/. */
  readonly libs: readonly Located<string>[];
  readonly bins: readonly Located<string>[];
  /** Where it is said that every library that is needed is to be carried; absent without that. */
  readonly autoLibs?: Location;
  /** An image whose libraries need not be carried; without it, what every Lambda has. */
  readonly runtimeImage?: Located<string>;
  readonly verify: Verify;
  /** The clean image to verify in; without it runtimeImage, or the default of the runtime. */
  readonly verifyImage?: Located<string>;
  /** Environment of the install step, such as CFLAGS; it is written into the Dockerfile. */
  readonly buildEnvironment: Readonly<Record<string, string>>;
  /** Names of variables of the install step whose values are secrets; the plan has names only. */
  readonly secretEnvironment: readonly Located<string>[];
  /** The install step gets the user's SSH agent also where no requirement tells that it needs it. */
  readonly offersSsh: boolean;
  /** Each requirements file is installed by a pip of its own, over what is there; a later pin wins. */
  readonly installsSeparately: boolean;
  /** Files of packages take the place of code of the same name, instead of the reverse. */
  readonly packagesOverCode: boolean;
  readonly pipconf?: Located<string>;
  readonly handler?: Located<string>;
  /** Those of a function, in the order in which Lambda unpacks them, later ones over earlier ones. */
  readonly layers: readonly UnitLayer[];
  /** Its key in the manifest: the name, except where the manifest gives both. */
  readonly key: string;
  /** The weights of findings in its zip, where they are not the usual ones. */
  readonly audit: AuditLevels;
  /** Path of the zip below the project. */
  readonly zip: string;
}

/** How the manifest wishes the command to go, where its dialect can say so. */
export interface Preferences {
  /** What builds; the command line goes before it. */
  readonly engine?: 'docker' | 'host';
  /** Whether a unit that cannot be built ends the command as failed; without it, it does. */
  readonly abortsOnFailure?: boolean;
  /** Whether zips are removed after they were deployed. */
  readonly cleansUp?: boolean;
}

/** Everything one manifest declares, resolved and checked. */
export interface Project {
  /** Absolute path of the folder that is Docker's build context. */
  readonly root: string;
  /** The manifest's path below the root. */
  readonly manifest: string;
  /** The folder of the zips and of artifacts.json, below the root. */
  readonly output: string;
  /** Lines of the user's own .dockerignore, in order. */
  readonly dockerignore: readonly string[];
  /** `exclude` of the manifest's global section. */
  readonly exclude: readonly string[];
  /** Before a build, zips of units that are no longer declared are removed, as juniper did. */
  readonly cleansOutput?: true;
  readonly preferences: Preferences;
  /** How its dialect calls what hints name; as pkgr.yml when absent. */
  readonly words?: ManifestWords;
  /**
   * Values that the manifest gives to variables of `secretEnvironment`; the others come from the
   * environment when it is built. They belong in no plan, file or message.
   */
  readonly secretValues: ReadonlyMap<string, string>;
  readonly units: readonly Unit[];
}
