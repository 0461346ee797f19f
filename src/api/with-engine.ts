import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/index.js';
import { variableSecret } from '../dockerfile/index.js';
import { currentGeneration, findBuilders, newGeneration } from '../engine/index.js';
import { type PlannedUnit, withLayers } from '../plan/index.js';
import { type BuildActivity, dockerActivity } from './activity.js';
import type { OpenProject } from './open.js';
import { copyPrograms, hashPrograms } from './programs.js';
import { hashesPath } from './remembered.js';
import { type SecretOptions, secretFiles } from './secrets.js';
import type { SolveSetting } from './solve-units.js';
import { cachesOf, ignoredCaches } from './solve-with-caches.js';

/** How the engine is used. */
export interface EngineOptions extends SecretOptions {
  /** Images or folders by the names under which the plan uses them, as `--build-context` takes them. */
  readonly namedContexts: Readonly<Record<string, string>>;
  readonly noCache: boolean;
  /** Builders of docker buildx or contexts of docker's that share the units; none: the chosen one. */
  readonly builders?: readonly string[];
  /** Caches beside that of the builder, as `docker buildx build` takes them. */
  readonly cacheFrom?: readonly string[];
  readonly cacheTo?: readonly string[];
  /** Absolute path of a folder that the zips are put into, as they would be into the project's. */
  readonly into?: string;
  readonly signal?: AbortSignal;
  onActivity?(activity: BuildActivity): void;
  /** Told every line of every step, and where the Dockerfile is, which is kept then. */
  debug?(line: string): void;
  /** Told what the build goes on in spite of. */
  onNotices?(notices: readonly Diagnostic[]): void;
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
  const onNotices = onceEach(options.onNotices);
  const caches = cachesOf(options);
  onNotices(ignoredCaches(caches, options.environment));
  const builders = await findBuilders([...new Set(options.builders)]);
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
      builders,
      caches,
      ...(options.into === undefined && { hashes: hashesPath(project, options.environment) }),
      onNotices,
      ...(generation && { generation: generation.name }),
      plan,
      project,
      alone: new Set(),
      programs: { folder: workspace, context: `pkgr-${await hashPrograms()}` },
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

/** Solves of one command that meet the same trouble tell of it once. */
function onceEach(tell: EngineOptions['onNotices']): (notices: readonly Diagnostic[]) => void {
  const told = new Set<string>();
  return (notices) => {
    const news = notices.filter((notice) => !told.has(JSON.stringify(notice)));
    for (const notice of news) told.add(JSON.stringify(notice));
    if (news.length > 0) tell?.(news);
  };
}
