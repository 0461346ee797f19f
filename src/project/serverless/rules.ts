import type { ServerlessManifest } from '../../manifest/index.js';

/** What holds for every unit of a service. */
export function packagerRules({ options }: ServerlessManifest) {
  return {
    packages: { any: [], byManager: {} },
    exclude: [],
    libs: [],
    bins: [],
    buildEnvironment: {},
    secretEnvironment: options.dockerEnvs.map(({ name, at }) => ({ value: name, at })),
    packagesOverCode: true,
    ...(!options.checkHandlers && { audit: { 'handler-not-found': 'ignore' } as const }),
    ...(options.mountSSH && { offersSsh: true as const }),
    ...(options.separateInstalls && { installsSeparately: true as const }),
  } as const;
}
