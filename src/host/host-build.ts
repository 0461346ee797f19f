import type { Digest, ResolvedPackage } from '../artifacts/index.js';
import { type Diagnostic, type ManifestWords, pkgrWords } from '../diagnostics/index.js';
import type { BuildPlan, DependencySet, PlannedUnit } from '../plan/index.js';

/** How the units are to be packed. */
export interface HostOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** Absolute path of the folder with install.py. */
  readonly programs: string;
  /** Absolute path of an empty folder for zips and for what pip builds; the caller removes it. */
  readonly work: string;
  /** PATH, proxies, HOME and the cache's place are taken from it; process.env by default. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Values of secret variables by name; each set gets those that it names. */
  readonly secretValues?: ReadonlyMap<string, string>;
  /** PEM file of a private trust root. */
  readonly trustRoot?: string;
  /** Credentials for pip, instead of those in the home folder. */
  readonly netrc?: string;
  /** Install everything anew; later builds use the result. */
  readonly noCache?: boolean;
  /** How the manifest calls what hints name; as pkgr.yml when absent. */
  readonly words?: ManifestWords;
  /** Aborting it ends pip and rejects with the diagnostic `interrupted`. */
  readonly signal?: AbortSignal;
  onEvent?(event: HostEvent): void;
}

/** What is going on, for a progress view. */
export type HostEvent =
  | { readonly kind: 'installing'; readonly set: DependencySet }
  /** A line that pip has printed. */
  | { readonly kind: 'log'; readonly set: DependencySet; readonly line: string }
  /** `cached`: an earlier build, or another set of this one, has installed the same. */
  | {
      readonly kind: 'installed';
      readonly set: DependencySet;
      readonly cached: boolean;
      readonly seconds: number;
    }
  | { readonly kind: 'packing'; readonly unit: PlannedUnit }
  /** What a zip lacks on this machine. */
  | { readonly kind: 'notice'; readonly diagnostic: Diagnostic };

/** How the packing of one unit ended. */
export type HostResult =
  | {
      readonly kind: 'packed';
      readonly unit: PlannedUnit;
      /** Absolute path of the zip in the work folder; the caller may move it. */
      readonly file: string;
      readonly digest: Digest;
      /** What pip has installed for it; absent when it has no requirements. */
      readonly packages?: readonly ResolvedPackage[];
      /** Time that gathering and zipping took, without pip's. */
      readonly seconds: number;
    }
  | {
      readonly kind: 'failed';
      readonly unit: PlannedUnit;
      /** Units whose set could not be installed share it. */
      readonly diagnostic: Diagnostic;
    };

/** What all steps of one build know. */
export interface HostBuild {
  readonly plan: BuildPlan;
  readonly options: HostOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export function wordsOf({ options: { words = pkgrWords } }: HostBuild): ManifestWords {
  return words;
}
