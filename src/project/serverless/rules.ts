import type { AuditLevels } from '../../diagnostics/index.js';
import type { ServerlessManifest } from '../../manifest/index.js';

/** What holds for every unit of a service. */
export function packagerRules({ options }: ServerlessManifest) {
  const audit: AuditLevels = {
    // The framework uploads through S3, which takes more than 50 MB.
    'zip-too-large': 'ignore',
    ...(!options.checkHandlers && { 'handler-not-found': 'ignore' }),
  };
  return {
    packages: { any: [], byManager: {} },
    exclude: [],
    libs: [],
    bins: [],
    buildEnvironment: {},
    secretEnvironment: options.dockerEnvs.map(({ name, at }) => ({ value: name, at })),
    packagesOverCode: true,
    audit,
    ...(options.verify && { verify: options.verify }),
    ...(options.verifyImage && { verifyImage: options.verifyImage }),
    ...(options.installer && { installer: options.installer.value }),
    ...(options.mountSSH && { offersSsh: true as const }),
    ...(options.separateInstalls && { installsSeparately: true as const }),
  } as const;
}
