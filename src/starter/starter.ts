/** A pkgr.yml that is still to be written, as plain data. */
export interface Starter {
  /** What it was made from, such as `manifest.yml`. */
  readonly origin: string;
  /** What was decided, a sentence each; shown, and written at the top. */
  readonly decisions: readonly string[];
  readonly output?: string;
  readonly units: readonly StarterUnit[];
}

export interface StarterUnit {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  /** Why it is as it is, a line each. */
  readonly comments: readonly string[];
  /** The keys of pkgr.yml that it has, in their order. */
  readonly keys: Keys;
}

/** Keys of pkgr.yml and their values, as YAML has them. */
export type Keys = Readonly<Record<string, unknown>>;
