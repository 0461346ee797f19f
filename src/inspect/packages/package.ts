import type { ZipEntry } from '../../zip/index.js';

/** A distribution that is installed in a zip, as its own metadata describe it. */
export interface InstalledPackage {
  /** As its metadata write it. */
  readonly name: string;
  /** The name as it is compared: small letters, dashes (PEP 503). */
  readonly key: string;
  readonly version: string;
  /** The folder of its metadata in the zip, such as `python/six-1.17.0.dist-info`. */
  readonly metadataFolder: string;
  /** Its files and links, and folders that only it has. */
  readonly entries: readonly ZipEntry[];
  /** Those of them that have another size than the package noted: other files were laid over them. */
  readonly replaced: readonly ZipEntry[];
  /** Requires-Dist, line by line, as PEP 508 has it. */
  readonly requires: readonly string[];
  /** Provides-Extra. */
  readonly extras: readonly string[];
  /** Tags of the wheel it was installed from, such as `cp313-cp313-manylinux_2_17_x86_64`. */
  readonly tags: readonly string[];
  /** Whether the installer noted that it was asked for by name; pkgr's own zips do not keep the note. */
  readonly requested: boolean;
  readonly licence: PackageLicence;
  readonly summary?: string;
  readonly homePage?: string;
  readonly author?: string;
}

/** What a package says of its licence, in whatever way it says it. */
export interface PackageLicence {
  /** License-Expression: SPDX (PEP 639). */
  readonly expression?: string;
  /** License: any text, sometimes the whole of a licence. */
  readonly text?: string;
  /** Classifiers below `License ::`. */
  readonly classifiers: readonly string[];
  /** Paths of licence files in the zip. */
  readonly files: readonly string[];
}

/** PEP 503: names differ by more than case and kinds of dashes. */
export function packageKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
