import type { CarriedFile, ResolvedPackage } from '../artifacts/index.js';
import type { InstalledPackage } from '../inspect/index.js';

/** A unit whose zip is listed. */
export interface ListedUnit {
  readonly kind: 'function' | 'layer';
  readonly name: string;
  /** Of the zip, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly runtime?: string;
  readonly architecture?: string;
  /** Packages by the metadata that are in the zip. */
  readonly packages: readonly InstalledPackage[];
  /** What pip told of them when it installed them; absent for what an old pkgr has built. */
  readonly resolved?: readonly ResolvedPackage[];
  /** Files of the image that it carries. */
  readonly libraries?: readonly CarriedFile[];
}
