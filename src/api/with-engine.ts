import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { variableSecret } from '../dockerfile/index.js';
import { currentGeneration, newGeneration } from '../engine/index.js';
import { type PlannedUnit, withLayers } from '../plan/index.js';
import { type BuildActivity, dockerActivity } from './activity.js';
import type { OpenProject } from './open.js';
import { copyPrograms } from './programs.js';
import { type SecretOptions, secretFiles } from './secrets.js';
import type { SolveSetting } from './solve-units.js';

/** How the engine is used. */
export interface EngineOptions extends SecretOptions {
  /** Images or folders by the names under which the plan uses them, as `--build-context` takes them. */
  readonly namedContexts: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  /** A builder of docker buildx other than the one that is chosen. */
  readonly builder?: string;
  /** Absolute path of a folder that the zips are put into, as they would be into the project's. */
  readonly into?: string;
  readonly signal?: AbortSignal;
  onActivity?(activity: BuildActivity): void;
  /** Told every line of every step, and where the Dockerfile is, which is kept then. */
  debug?(line: string): void;
}

/** What the solves of one command have in common. */
export interface EngineSetting {
  readonly setting: SolveSetting;
  /** The results of this build are those that later ones take; to be called when there are some. */
  keepGeneration(): Promise<void>;
}

/**
 * Lays out what the engine needs beside the project for as long as it is used.
 * @param verified which of the units are verified
 * @param secretValues values of secret variables, by name
 */
export async function withEngine<T>(
  { project, plan }: OpenProject,
  units: readonly PlannedUnit[],
  verified: readonly PlannedUnit[],
  options: EngineOptions,
  secretValues: ReadonlyMap<string, string>,
  use: (engine: EngineSetting) => Promise<T>,
): Promise<T> {
  const workspace = await mkdtemp(join(tmpdir(), 'pkgr-'));
  try {
    await copyPrograms(workspace);
    const activity = dockerActivity(plan);
    const generation = options.noCache
      ? newGeneration(options.environment)
      : await currentGeneration(options.environment);
    const needed = withLayers(plan, units, verified);
    const secrets = secretFiles(plan, needed, project.root, options);
    const setting: SolveSetting = {
      ...options,
      ...(generation && { generation: generation.name }),
      plan,
      project,
      programs: workspace,
      onProgress: (progress) => options.onActivity?.(activity(progress)),
      secrets: [...secrets].map(([id, file]) => ({ id, file })),
      secretValues: new Map(
        [...secretValues].map(([name, value]) => [variableSecret(name).id, value]),
      ),
    };
    return await use({ setting, keepGeneration: async () => generation?.keep() });
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
}
