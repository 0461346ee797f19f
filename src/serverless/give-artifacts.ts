import type { BuildResult, OpenProject } from '../api/index.js';
import type { Door } from './framework.js';
import { type Api, keysOf } from './service.js';

/** Where the framework gathers its zips, until `--package` has them moved. */
const PACKAGE_FOLDER = '.serverless';

/**
 * Tells the framework where the zips are. A function that says so itself keeps what it says. With
 * `--package DIR` copies go where the framework's own zips are, so that DIR has everything that
 * `deploy --package DIR` needs.
 */
export async function giveArtifacts(
  api: Api,
  open: OpenProject,
  { units }: BuildResult,
  { framework, options }: Door,
): Promise<void> {
  const { service } = framework;
  const isMoved = (options.package ?? service.package.path) !== undefined;
  const keys = keysOf(open);
  for (const result of units) {
    if (result.kind === 'failed') continue;
    const { kind, name, zip } = result.unit;
    const key = keys.get(name) ?? name;
    const one = (kind === 'layer' ? service.layers : service.functions)?.[key];
    // It was left out of the service.
    if (one === undefined) continue;
    const { package: packaging = {} } = one;
    let { artifact } = packaging;
    if (artifact === undefined) {
      artifact = isMoved ? `${PACKAGE_FOLDER}/${key}.zip` : zip;
      if (isMoved) await api.copyZip(open, result, artifact);
    }
    // Without `individually` a deployment looks for one zip of the whole service.
    one.package = { ...packaging, artifact, ...(kind === 'function' && { individually: true }) };
  }
}
