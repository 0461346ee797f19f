import type { Diagnostic, Location } from '../diagnostics/index.js';
import {
  readJuniperManifest,
  readPkgrManifest,
  readServerlessManifest,
  type SourceDocument,
  type SourceForm,
  type VariableInputs,
} from '../manifest/index.js';
import type { Declaration } from './declaration.js';
import { declareJuniper } from './juniper/declare.js';
import { isJuniperManifest } from './juniper/recognise.js';
import type { Tree } from './paths/tree.js';
import { declarePkgr } from './pkgr/declare.js';
import { declareServerless } from './serverless/declare.js';
import { isServerlessManifest } from './serverless/recognise.js';

/** A kind of manifest: the one place that knows how it is called, read and understood. */
export interface Dialect {
  /** As messages call it. */
  readonly name: string;
  /** Names of its files, in the order in which they are looked for. */
  readonly files: readonly string[];
  /** What its files have that is no YAML. */
  readonly form?: SourceForm;
  /** What messages call the folder that its paths start from, when that is not the manifest's own. */
  readonly startOfPaths?: 'the folder in which pkgr is run';
  /** Whether the user's own .dockerignore keeps files from the zips. */
  readonly usesDockerignore: boolean;
  /** What it declares; undefined when nothing can be said for the diagnostics reported. */
  declare(
    document: SourceDocument,
    report: (diagnostic: Diagnostic) => void,
    tree: Tree,
    inputs: VariableInputs,
  ): Promise<Declaration | undefined>;
}

const pkgr = dialect({
  name: 'pkgr',
  files: ['pkgr.yml'],
  usesDockerignore: true,
  read: readPkgrManifest,
  resolve: declarePkgr,
});

const juniper = dialect({
  name: 'juniper',
  files: ['manifest.yml', 'manifest.yaml'],
  startOfPaths: 'the folder in which pkgr is run',
  usesDockerignore: false,
  read: readJuniperManifest,
  resolve: declareJuniper,
});

const serverless = dialect({
  name: 'the Serverless Framework',
  files: ['serverless.yml', 'serverless.yaml'],
  form: { hasIntrinsics: true },
  usesDockerignore: false,
  read: readServerlessManifest,
  resolve: declareServerless,
});

/**
 * All dialects; where several have a file in a folder, the first one counts. A new one is added
 * here, with a reader in src/manifest and its way to a Declaration beside src/project/pkgr.
 */
const dialects: readonly Dialect[] = [pkgr, juniper, serverless];

/** Every name that a manifest can have, in the order in which they are looked for. */
export const manifestNames: readonly string[] = dialects.flatMap(({ files }) => files);

/**
 * The dialect of a manifest: by the name of its file, or by what is in it when the name says
 * nothing. `assumed` is then what there is to tell about it.
 * @param path POSIX path of the manifest
 * @param value of the document
 */
export function dialectOf(
  path: string,
  value: unknown,
): { readonly dialect: Dialect; readonly assumed?: (at: Location) => Diagnostic } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const byName = dialects.find(({ files }) => files.includes(name));
  if (byName !== undefined) return { dialect: byName };
  if (isServerlessManifest(value)) return assumed(serverless, 'a serverless.yml is always its own');
  if (!isJuniperManifest(value)) return { dialect: pkgr };
  return assumed(
    juniper,
    "a pkgr.yml names a runtime for each unit or in global; a manifest.yml is always juniper's",
  );
}

function assumed(dialect: Dialect, hint: string) {
  const diagnosticAt = (at: Location): Diagnostic => ({
    code: 'assumed-dialect',
    severity: 'notice',
    message: `${at.file} is read as a manifest of ${dialect.name}, by what it says`,
    at,
    hint,
  });
  return { dialect, assumed: diagnosticAt };
}

/** Ties the two steps of one dialect together, so that its own type of manifest stays inside. */
function dialect<Manifest>(
  steps: Omit<Dialect, 'declare'> & {
    readonly read: (
      document: SourceDocument,
      root: string,
      inputs: VariableInputs,
    ) => Promise<{
      readonly manifest?: Manifest;
      readonly diagnostics: readonly Diagnostic[];
    }>;
    readonly resolve: (
      manifest: Manifest,
      report: (diagnostic: Diagnostic) => void,
      tree: Tree,
    ) => Declaration;
  },
): Dialect {
  const { read, resolve, ...rest } = steps;
  return {
    ...rest,
    async declare(document, report, tree, inputs) {
      const { manifest, diagnostics } = await read(document, tree.root, inputs);
      for (const diagnostic of diagnostics) report(diagnostic);
      return manifest === undefined ? undefined : resolve(manifest, report, tree);
    },
  };
}
