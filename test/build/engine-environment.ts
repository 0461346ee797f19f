import { delimiter, dirname } from 'node:path';
import { docker, hasEngine } from '../engine/local-engine.js';
import { buildContexts, engineBuilder } from '../examples/stand-ins.js';
import { newFolder } from './project.js';

/** What the tests of a folder are about when there is no engine, as the reason of their skipping. */
export const needsEngine = hasEngine ? '' : ' (skipped: no Docker engine answers)';

/** The image that functions of python3.11 are built on when their manifest names none. */
export const defaultImage = 'public.ecr.aws/sam/build-python3.11:latest-x86_64';

/** Named contexts in the way of `--build-context`, a line each. */
export const contexts = hasEngine
  ? Object.entries(await buildContexts(['python3.11'])).map(([name, value]) => `${name}=${value}`)
  : [];

/** The local image that stands in for the default one. */
export const localImage = contexts[0]?.split('docker-image://')[1] ?? '';

/** The environment in which pkgr and docker use the engine of the tests. */
export const engineEnvironment: Readonly<Record<string, string>> = hasEngine
  ? {
      PATH: [dirname(docker), process.env.PATH ?? ''].join(delimiter),
      BUILDX_BUILDER: await engineBuilder(),
      PKGR_BUILD_CONTEXTS: contexts.join('\n'),
      // What a build without the cache leaves there must reach nobody else.
      XDG_CACHE_HOME: newFolder(),
    }
  : {};
