import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Diagnostic, hasErrors } from '../diagnostics/index.js';
import {
  type ReadSource,
  readServerless,
  readSource,
  type ServerlessService,
  type VariableInputs,
} from '../manifest/index.js';
import type { Declaration } from './declaration.js';
import { dialectOf } from './dialect.js';
import { readDockerignore } from './dockerignore.js';
import { findManifest } from './find-manifest.js';
import { createTree } from './paths/tree.js';
import { resolveProject, type Surroundings } from './resolve.js';
import { declareServerless } from './serverless/declare.js';
import { isServerlessManifest } from './serverless/recognise.js';
import type { Project } from './unit.js';

export interface LoadOptions {
  /** The folder the command is run in; absolute. */
  readonly cwd: string;
  /** The manifest, when it is not to be found by itself; relative to `cwd` or absolute. */
  readonly manifest?: string;
  /** The project's folder; the one that the manifest's dialect has its paths start from by default. */
  readonly root?: string;
  /** What variables of a serverless.yml take their values from. */
  readonly inputs?: VariableInputs;
  /** The day against which the end of a runtime's support is judged. */
  readonly today: Date;
}

export interface LoadedProject {
  /** Absent when there is an error among the diagnostics. */
  readonly project?: Project;
  /** Everything that is wrong, in the order of the manifest, each thing once. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * From a folder to its checked project. It looks at the file system and changes nothing; wrong
 * input of any kind comes back as diagnostics, so that what is thrown is a defect of pkgr.
 */
export async function loadProject(options: LoadOptions): Promise<LoadedProject> {
  const found = await findManifest(options.cwd, options.manifest, options.root);
  if (found.kind === 'refused') return { diagnostics: [found.diagnostic] };
  const { document, diagnostics: problems } = readManifest(found.file, found.bytes);
  if (document === undefined) return { diagnostics: inOrder(problems) };
  const { dialect, assumed } = dialectOf(found.file, document.value);
  const { cwd, manifest, inputs = noInputs, today } = options;
  if (dialect.startOfPaths !== undefined && manifest?.includes('/')) {
    // Once more with that folder as the project's, so that every place is told as seen from there.
    if (options.root === undefined) return loadProject({ ...options, root: cwd });
  }
  const { root, file } = found;
  const gathered = gather(problems);
  if (assumed !== undefined) gathered.report(assumed(document.locate([])));
  const tree = createTree(root, root === cwd ? dialect.startOfPaths : undefined);
  const declaration = await dialect.declare(document, gathered.report, tree, inputs);
  const dockerignore = dialect.usesDockerignore
    ? await readDockerignore(root, gathered.report)
    : [];
  const manifestAt = document.locate([]);
  return resolved(declaration, { tree, manifest: file, manifestAt, dockerignore, today }, gathered);
}

const noInputs: VariableInputs = { options: {}, params: {}, environment: {} };

/** A file whose name says nothing may have tags that only the framework's files have. */
function readManifest(file: string, bytes: Uint8Array): ReadSource {
  const named = dialectOf(file, undefined).dialect.form;
  const plain = readSource(file, bytes, named);
  if (plain.document !== undefined || named !== undefined) return plain;
  const tagged = readSource(file, bytes, { hasIntrinsics: true });
  return isServerlessManifest(tagged.document?.value) ? tagged : plain;
}

/** A service that the Serverless Framework has read and resolved. */
export interface ServiceOptions {
  /** The service's folder, which is the project's; absolute. */
  readonly cwd: string;
  /** The file of the configuration, below `cwd`; where it is YAML, diagnostics name places in it. */
  readonly file: string;
  /** The configuration with its variables resolved: service, provider, package, custom, functions, layers. */
  readonly value: unknown;
  /** The stage of the command line. */
  readonly stage?: string;
  readonly today: Date;
}

/** The same from a configuration that the Serverless Framework has resolved. */
export async function loadService(options: ServiceOptions): Promise<LoadedProject> {
  const { cwd, file, value, stage, today } = options;
  const places = await placesIn(cwd, file);
  // What the file says is not resolved: of it only the places are taken.
  const service = { ...places, file, value, ...(stage !== undefined && { stage }) };
  const { manifest, diagnostics } = await readServerless({ ...service, unresolved: () => [] });
  const gathered = gather(diagnostics);
  const tree = createTree(cwd);
  const declaration = manifest && declareServerless(manifest, gathered.report, tree);
  const manifestAt = places.locate([]);
  return resolved(
    declaration,
    { tree, manifest: file, manifestAt, dockerignore: [], today },
    gathered,
  );
}

type Places = Pick<ServerlessService, 'locate' | 'locateKey'>;

/** Places in a YAML file that can be read; else, as for TypeScript, the file itself. */
async function placesIn(cwd: string, file: string): Promise<Places> {
  const start = () => ({ file, line: 1, column: 1 });
  if (!/\.ya?ml$/.test(file)) return { locate: start, locateKey: start };
  const bytes = await readFile(join(cwd, file)).catch(() => undefined);
  const document = bytes && readSource(file, bytes, { hasIntrinsics: true }).document;
  return document ?? { locate: start, locateKey: start };
}

interface Gathered {
  readonly diagnostics: readonly Diagnostic[];
  readonly report: (diagnostic: Diagnostic) => void;
}

function gather(first: readonly Diagnostic[]): Gathered {
  const diagnostics = [...first];
  return { diagnostics, report: (diagnostic) => void diagnostics.push(diagnostic) };
}

async function resolved(
  declaration: Declaration | undefined,
  surroundings: Surroundings,
  { diagnostics, report }: Gathered,
): Promise<LoadedProject> {
  if (declaration === undefined) return { diagnostics: inOrder(diagnostics) };
  const project = await resolveProject(declaration, surroundings, report);
  const ordered = inOrder(diagnostics);
  return hasErrors(ordered) ? { diagnostics: ordered } : { project, diagnostics: ordered };
}

/** By place, and what many units share only once; files in the order in which they came up. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const once = new Map<string, Diagnostic>();
  const files = new Map<string, number>();
  for (const diagnostic of diagnostics) {
    const { code, message, at } = diagnostic;
    const key = JSON.stringify([code, message, at?.file, at?.line, at?.column]);
    if (!once.has(key)) once.set(key, diagnostic);
    if (at !== undefined && !files.has(at.file)) files.set(at.file, files.size);
  }
  const rank = ({ at }: Diagnostic) =>
    at === undefined ? [-1, 0, 0] : [files.get(at.file) ?? 0, at.line, at.column];
  return [...once.values()].sort((one, other) => {
    const [left, right] = [rank(one), rank(other)];
    const index = left.findIndex((part, position) => part !== right[position]);
    return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
  });
}
