import type { OpenProject } from '../api/index.js';
import type { Door } from './framework.js';

/** The API is loaded when something is packaged, because the framework loads plugins for every command. */
export type Api = typeof import('../api/index.js');

export function loadApi(): Promise<Api> {
  return import('../api/index.js');
}

/**
 * The service as a project of pkgr's, with what the framework and other plugins have made of it.
 * @throws PkgrError with everything that is wrong.
 */
export function openService(api: Api, { framework, options }: Door): Promise<OpenProject> {
  const { service, serviceDir, configurationFilename } = framework;
  const { service: name, provider, package: packaging, custom, functions, layers } = service;
  const stage = options.stage ?? provider.stage;
  return api.openService({
    cwd: serviceDir,
    file: configurationFilename,
    value: { service: name, provider, package: packaging, custom, functions, layers },
    ...(stage !== undefined && { stage }),
    today: new Date(),
  });
}

/** The key of each unit in `functions` or `layers`, by the unit's name. */
export function keysOf({ project }: OpenProject): ReadonlyMap<string, string> {
  return new Map(project.units.map(({ name, key }) => [name, key]));
}
