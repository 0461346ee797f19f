import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BuildResult, build, openProject } from '../../src/api/index.js';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import type { Runtime } from '../../src/project/index.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';

/** A project in a folder of its own, which is removed in the end. */
export interface TestProject {
  readonly folder: string;
  readonly zip: (unit: string) => string;
  /** Builds units, or all. */
  build(...units: readonly string[]): Promise<BuildResult>;
  remove(): Promise<void>;
}

/**
 * Writes a project: the manifest pkgr.yml and whatever else it needs.
 * @param runtime whose build image is stood in for
 */
export async function projectWith(
  files: Readonly<Record<string, string>>,
  runtime: Runtime = 'python3.11',
): Promise<TestProject> {
  const folder = await mkdtemp(join(tmpdir(), 'pkgr-libraries-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return {
    folder,
    zip: (unit) => join(folder, 'dist', `${unit}.zip`),
    build: async (...units) =>
      build(await openProject({ cwd: folder, today: new Date('2026-01-01') }), {
        engine: 'docker',
        units,
        namedContexts: await buildContexts([runtime]),
        builders: [await engineBuilder()],
        environment: process.env,
        noCache: false,
      }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What is told of a project whose units cannot all be built; each thing once. */
export async function toldOf(
  files: Readonly<Record<string, string>>,
  runtime?: Runtime,
): Promise<string> {
  const project = await projectWith(files, runtime);
  onTestFinished(() => project.remove());
  const { units } = await project.build();
  const failures = units.flatMap((unit) => (unit.kind === 'failed' ? [unit.diagnostic] : []));
  return formatDiagnostics([...new Set(failures)]);
}
