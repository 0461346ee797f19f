import type { ZipEntry } from '../zip/index.js';
import type { Reason } from './requirements/index.js';

/** Files and links, and their bytes: unpacked, and in the zip with headers and all. */
export interface Sizes {
  readonly files: number;
  readonly unzipped: number;
  readonly zipped: number;
}

/** Part of a zip that somebody is answerable for. */
export interface Group extends Sizes {
  /**
   * `package`: what pip installed; `first-party`: code of the user's own; `library`: carried from the
   * OS of the image; `unlisted`: installed, but no metadata in the zip tell by whom.
   */
  readonly kind: 'package' | 'first-party' | 'library' | 'unlisted';
  readonly name: string;
  /** Of a package, and of the OS package that a library comes from. */
  readonly version?: string;
  /** Of the zip's unpacked bytes: 0 to 1. */
  readonly share: number;
  /** Lines of the user's own that lead to a package, the shortest way of each. */
  readonly why: readonly Reason[];
  /** The runtime has it too. */
  readonly inRuntime?: true;
  readonly entries: readonly ZipEntry[];
}

/** What a unit's zip, or a zip that is nobody's, has in it. */
export interface InspectedZip extends Sizes {
  readonly kind: 'function' | 'layer' | 'zip';
  readonly name: string;
  /** The zip's, as the user would write it. */
  readonly path: string;
  /** Such as `python3.13`; absent where nothing tells. */
  readonly runtime?: string;
  readonly architecture?: 'x86_64' | 'arm64';
  /** Layers of the same project that it uses. */
  readonly layers: readonly string[];
  /** The largest first. */
  readonly groups: readonly Group[];
  /** What could be left out because the runtime has it; absent when nothing could. */
  readonly spare?: Spare;
}

/** Packages that need not be packed, since Lambda has them. */
export interface Spare {
  /** Groups that would be gone. */
  readonly packages: readonly Group[];
  /** Lines of the user's own that would have to go. */
  readonly lines: readonly Reason[];
  readonly unzipped: number;
  readonly zipped: number;
}

/** Groups that are the same, file by file, in several zips. */
export interface SharedGroups {
  /** `layer`: a layer could hold them once; `twice`: the last of the units is a layer of the others. */
  readonly kind: 'layer' | 'twice';
  readonly units: readonly string[];
  readonly groups: readonly Group[];
  /** Requirements that bring them, for a layer of their own. */
  readonly requirements: readonly string[];
  /** Of one copy. */
  readonly unzipped: number;
  readonly zipped: number;
  /** Bytes that are uploaded and kept more than once. */
  readonly saves: { readonly unzipped: number; readonly zipped: number };
}

export interface Inspection {
  readonly units: readonly InspectedZip[];
  /** What saves most first. */
  readonly shared: readonly SharedGroups[];
}
