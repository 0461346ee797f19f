import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BuildResult, build, type OpenProject, openProject } from '../../src/api/index.js';
import { formatDiagnostic } from '../../src/diagnostics/index.js';
import { expectFit } from './judged.js';
import { buildContexts, engineBuilder } from './stand-ins.js';

const EXAMPLES = join(import.meta.dirname, '../../examples');

/** The examples, by the names of their folders. */
export const exampleNames = [
  'socless-slack',
  'manywheels/with-image',
  'manywheels/with-dockerfile',
  'manywheels/with-packages',
  'science',
  'jq-layer',
  'order-pipeline',
  'private-index',
] as const;
export type ExampleName = (typeof exampleNames)[number];

/** Examples with a pkgr.yml, and those with another manifest. */
type ExampleFolder = ExampleName | 'serverless-slack';

/** Absolute path of something in an example's folder. */
export function inExample(name: ExampleFolder, path = ''): string {
  return join(EXAMPLES, name, path);
}

/** A JSON file of an example. */
export async function exampleJson(name: ExampleFolder, path: string): Promise<unknown> {
  return JSON.parse(await readFile(inExample(name, path), 'utf8'));
}

/** A copy of an example in a folder of its own, so that nothing is written to the repository. */
export interface ExampleCopy {
  readonly folder: string;
  readonly project: OpenProject;
  /** Absolute path of a unit's zip. */
  zip(unit: string): string;
  /**
   * Builds and verifies it all, with a netrc file if one is named. Throws with what pkgr says when a
   * unit fails, or when verifying or the audit say what is not expected of the example.
   */
  build(netrc?: string): Promise<BuildResult>;
  remove(): Promise<void>;
}

/** What is written differently in a copy of an example, by file: each text, and what stands for it. */
export type Replacements = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Copies an example, without what earlier builds and the tests keep in its folder.
 * @throws Error when a text that is to be replaced is not there.
 */
export async function copyExample(
  name: ExampleName,
  replacements: Replacements = {},
): Promise<ExampleCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'pkgr-example-'));
  const folder = join(parent, name);
  await cp(inExample(name), folder, {
    recursive: true,
    filter: (path) => !['dist', '.pkgr', 'expected', '__pycache__'].includes(basename(path)),
  });
  await replaceTexts(folder, replacements);
  const project = await openProject({ cwd: folder, today: new Date() });
  const { units } = project.plan;
  return {
    folder,
    project,
    zip: (unit) => join(folder, units.find((each) => each.name === unit)?.zip ?? unit),
    build: async (netrc) => {
      const result = await buildCopy(project, netrc);
      expectFit(name, result);
      return result;
    },
    remove: () => rm(parent, { recursive: true }),
  };
}

async function replaceTexts(folder: string, replacements: Replacements): Promise<void> {
  for (const [file, texts] of Object.entries(replacements)) {
    const path = join(folder, file);
    let text = await readFile(path, 'utf8');
    for (const [from, to] of Object.entries(texts)) {
      if (!text.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)}`);
      text = text.replace(from, () => to);
    }
    await writeFile(path, text);
  }
}

async function buildCopy(project: OpenProject, netrc?: string): Promise<BuildResult> {
  const runtimes = project.plan.units.flatMap(({ runtime }) => (runtime === 'any' ? [] : runtime));
  const result = await build(project, {
    engine: 'docker',
    units: [],
    verify: true,
    namedContexts: await buildContexts([...new Set(runtimes)]),
    builders: [await engineBuilder()],
    environment: process.env,
    noCache: false,
    ...(netrc !== undefined && { netrc }),
  });
  const failures = result.units.flatMap((unit) =>
    unit.kind === 'failed' ? [formatDiagnostic(unit.diagnostic)] : [],
  );
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return result;
}
