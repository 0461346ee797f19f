import type { Diagnostic } from '../diagnostics/index.js';
import { readPkgrManifest, type SourceDocument } from '../manifest/index.js';
import type { Declaration } from './declaration.js';
import { declarePkgr } from './pkgr/declare.js';

/** A kind of manifest: the one place that knows how it is called, read and understood. */
export interface Dialect {
  /** Names of its files, in the order in which they are looked for. */
  readonly files: readonly string[];
  /** What it declares; undefined when nothing can be said for the diagnostics reported. */
  declare(
    document: SourceDocument,
    report: (diagnostic: Diagnostic) => void,
  ): Promise<Declaration | undefined>;
}

const pkgr = dialect({
  files: ['pkgr.yml'],
  read: readPkgrManifest,
  resolve: declarePkgr,
});

/**
 * All dialects; where several have a file in a folder, the first one counts. A new one is added
 * here, with a reader in src/manifest and its way to a Declaration beside src/project/pkgr.
 */
const dialects: readonly Dialect[] = [pkgr];

/** Every name that a manifest can have, in the order in which they are looked for. */
export const manifestNames: readonly string[] = dialects.flatMap(({ files }) => files);

/**
 * The dialect of a manifest, by the name of its file; pkgr's own when the name says nothing.
 * @param path POSIX path of the manifest
 */
export function dialectOf(path: string): Dialect {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return dialects.find(({ files }) => files.includes(name)) ?? pkgr;
}

/** Ties the two steps of one dialect together, so that its own type of manifest stays inside. */
function dialect<Manifest>(steps: {
  readonly files: readonly string[];
  readonly read: (document: SourceDocument) => Promise<{
    readonly manifest?: Manifest;
    readonly diagnostics: readonly Diagnostic[];
  }>;
  readonly resolve: (manifest: Manifest, report: (diagnostic: Diagnostic) => void) => Declaration;
}): Dialect {
  return {
    files: steps.files,
    async declare(document, report) {
      const { manifest, diagnostics } = await steps.read(document);
      for (const diagnostic of diagnostics) report(diagnostic);
      return manifest === undefined ? undefined : steps.resolve(manifest, report);
    },
  };
}
