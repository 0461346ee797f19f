import type { AuditLevels, Location } from '../diagnostics/index.js';
import type {
  Architecture,
  Bytecode,
  Include,
  OsPackages,
  RequirementInput,
  UnitLayer,
  UnitRuntime,
} from '../project/index.js';

/**
 * What is to be built, as plain data: everything a Dockerfile says, and nothing else.
 * `pkgr plan --json` prints it; docs/reference/plan.md documents it. `version` changes when a field
 * changes its meaning or goes; new fields may come without.
 */
export interface BuildPlan {
  readonly version: 1;
  /** The manifest's path below the project. */
  readonly manifest: string;
  /** The output folder below the project. */
  readonly output: string;
  /** Lines of the .dockerignore that goes with the generated Dockerfiles. */
  readonly ignore: readonly string[];
  readonly bases: readonly PlannedBase[];
  readonly contexts: readonly PlannedContext[];
  readonly systems: readonly PlannedSystem[];
  readonly runtimeImages: readonly PlannedRuntimeImage[];
  readonly installers: readonly PlannedInstaller[];
  readonly dependencySets: readonly DependencySet[];
  readonly packageZips: readonly PackageZip[];
  readonly librarySets: readonly LibrarySet[];
  readonly layerSets: readonly LayerSet[];
  readonly zipBatches: readonly ZipBatch[];
  readonly units: readonly PlannedUnit[];
}

/** An image that units are built on. Its id, like every id here, is the name of a Docker stage. */
export type PlannedBase = {
  readonly id: string;
  /** Docker's platform: linux/amd64 or linux/arm64. */
  readonly platform: string;
  readonly units: readonly string[];
} & (
  | { readonly kind: 'image'; readonly image: string; readonly at?: Location }
  | {
      readonly kind: 'dockerfile';
      /** Path of the Dockerfile below the project, and what is written in it. */
      readonly path: string;
      readonly text: string;
      /** The id of the context that it copies from; the project's own when absent. */
      readonly context?: string;
      /** The name of the stage that is the base; the last one when absent. */
      readonly target?: string;
      /** Values of its ARGs, sorted by name; absent when there are none. */
      readonly args?: Readonly<Record<string, string>>;
      readonly at: Location;
    }
);

/** A folder that Dockerfiles of the user's own copy from instead of the project; its id is a named context. */
export interface PlannedContext {
  readonly id: string;
  /** Below the project. */
  readonly path: string;
  readonly units: readonly string[];
}

/** A base with OS packages installed. */
export interface PlannedSystem {
  readonly id: string;
  readonly base: string;
  readonly packages: Omit<OsPackages, 'places'>;
  readonly units: readonly string[];
}

/**
 * An image that is like a runtime: zips are verified in it, and where the manifest says so, what its
 * loader finds in it need not be carried.
 */
export interface PlannedRuntimeImage {
  readonly id: string;
  readonly image: string;
  readonly platform: string;
  readonly units: readonly string[];
  /** Absent for the default image of a runtime. */
  readonly at?: Location;
}

/** uv, fetched once for all sets that are installed on the same stage. */
export interface PlannedInstaller {
  readonly id: string;
  /** The stage that it is for: a base or a system. */
  readonly on: string;
  readonly units: readonly string[];
}

/** One install; units with the same set share it. */
export interface DependencySet {
  readonly id: string;
  /** The stage it runs on: a base or a system. */
  readonly on: string;
  readonly runtime: UnitRuntime;
  /** The image has the very system that the runtime has: what is compiled in it fits. */
  readonly onRuntimeSystem?: true;
  /** The id of the image that is like the runtime, if there is one. */
  readonly runtimeImage?: string;
  /** Requirements files, then requirements, in the order pip gets them. */
  readonly requirements: readonly PlannedRequirement[];
  readonly inputs: readonly RequirementInput[];
  readonly environment: Readonly<Record<string, string>>;
  /** Names of variables that the step gets as secrets; absent for none. */
  readonly secretEnvironment?: readonly string[];
  /** Each file is installed by a pip of its own, in order, over what the earlier ones have installed. */
  readonly separately?: true;
  /** Path of the pip.conf that the step gets as a secret. */
  readonly pipconf?: string;
  /** The id of the installer that is tried before pip; absent where pip has to do it. */
  readonly uv?: string;
  readonly usesSsh: boolean;
  readonly at: Location;
  readonly units: readonly string[];
}

export type PlannedRequirement =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'line'; readonly text: string };

/** The packages of a set deflated once, for all units that pack them alike. */
export interface PackageZip {
  readonly id: string;
  readonly dependencies: string;
  readonly bytecode: PlannedBytecode;
  readonly units: readonly string[];
}

/** What is made of sources. Compiled ones know by which path Lambda has them: below `place`. */
export type PlannedBytecode =
  | { readonly kind: 'none' }
  | { readonly kind: Exclude<Bytecode, 'none'>; readonly place: string };

/** OS libraries and programs taken from an image. */
export interface LibrarySet {
  readonly id: string;
  readonly on: string;
  readonly layout: 'function' | 'layer';
  readonly runtime: UnitRuntime;
  readonly onRuntimeSystem?: true;
  readonly runtimeImage?: string;
  /** Every library that is needed is carried too, also by the packages of this set if there is one. */
  readonly auto: boolean;
  readonly dependencies?: string;
  readonly libs: readonly string[];
  readonly bins: readonly string[];
  readonly at: Location;
  readonly units: readonly string[];
}

/** What functions that are verified have in /opt: layers of the plan, unpacked over each other. */
export interface LayerSet {
  readonly id: string;
  readonly runtimeImage: string;
  /** Names of units, in the order in which they are unpacked. */
  readonly layers: readonly string[];
  readonly units: readonly string[];
}

/** Units whose zips are made by one step, in the Dockerfile of all units and in every solve. */
export interface ZipBatch {
  readonly id: string;
  readonly base: string;
  /** At least one; what they are joined with is the same for all. */
  readonly units: readonly string[];
}

/** How a unit is verified. */
export interface PlannedVerification {
  /** The id of the runtime image that it is imported in. */
  readonly runtimeImage: string;
  /** The id of the set of layers below a function, if there are any. */
  readonly layers?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Its packages, or those of its layers, are packed without their .dist-info. */
  readonly withoutMetadata: boolean;
}

/** Copies into one root, and what is left out of it (patterns against paths in that root). */
export interface CodeRoot {
  readonly copies: readonly Omit<Include, 'at' | 'exclude'>[];
  readonly exclude: readonly string[];
}

export interface PlannedUnit {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  /** Its key in the manifest, where that is not its name; it can be asked for by both. */
  readonly key?: string;
  /** The Docker target that exports the zip. */
  readonly target: string;
  readonly at: Location;
  readonly runtime: UnitRuntime;
  /** The id of the image that is like the runtime, if there is one. */
  readonly runtimeImage?: string;
  readonly architecture: Architecture;
  readonly handler?: string;
  /** What is looked for in the zip: the handler, and in a layer those of functions that name it. */
  readonly handlers: readonly string[];
  /** In the order in which Lambda unpacks them; a unit's name is that of a layer of the plan. */
  readonly layers: readonly UnitLayer[];
  readonly base: string;
  readonly dependencies?: string;
  /** How its dependencies are packed. */
  readonly packageZip?: string;
  readonly libraries?: string;
  readonly bytecode: PlannedBytecode;
  /** Where packages go in the zip: '' or 'python'. */
  readonly packagesPrefix: '' | 'python';
  /** Patterns against paths of its packages that are left out of the zip; absent for none. */
  readonly prune?: readonly string[];
  readonly code: readonly CodeRoot[];
  /** Files of its packages take the place of code of the same name, instead of the reverse. */
  readonly packagesOverCode?: true;
  /** The weights of findings in its zip; absent when they are the usual ones. */
  readonly audit?: AuditLevels;
  /** Absent for a unit that is not verified. */
  readonly verify?: PlannedVerification;
  /** The id of the batch that its zip is made in; absent for a step of its own. */
  readonly zipBatch?: string;
  /** Path of the zip below the project. */
  readonly zip: string;
}

/** Whether a path can be a part of a mount, or of a command in a Dockerfile, as it is. */
export function isPlainPath(path: string): boolean {
  return /^[A-Za-z0-9._/-]+$/.test(path);
}

/** Where a unit's zip is below the output folder: its name in what Docker exports. */
export function zipInOutput({ zip }: Pick<PlannedUnit, 'zip'>, output: string): string {
  return zip.slice(output.length + 1);
}
