import type { Door } from './framework.js';
import { loadApi } from './service.js';

/**
 * Removes the zips after a deployment, unless `cleanup: false` keeps them. Only the two options that
 * matter are read: a package may be deployed where its sources are not.
 */
export async function cleanUp({ framework, writers }: Door): Promise<void> {
  const { buildDir, cleanup } = optionsOf(framework.service.custom);
  if (cleanup === false || typeof buildDir !== 'string') return;
  const { clean } = await loadApi();
  const removed = await clean({ cwd: framework.serviceDir, output: buildDir });
  for (const path of removed) writers.log.info(`removed ${path}`);
}

function optionsOf(custom: unknown): Readonly<Record<string, unknown>> {
  const options = isRecord(custom) ? custom.soclessPackager : undefined;
  return isRecord(options) ? options : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
