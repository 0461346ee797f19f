import type { Diagnostic, ManifestWords } from '../../diagnostics/index.js';
import type { ServerlessManifest } from '../../manifest/index.js';
import type { Declaration } from '../declaration.js';
import type { Tree } from '../paths/tree.js';
import { declareFunctions } from './function.js';
import { declareLayers } from './layer.js';
import { requirementsFileProblems } from './requirements.js';

/** Where pkgr.yml has other keys. */
const soclessWords: ManifestWords = {
  image: 'dockerImage',
  place: 'custom.soclessPackager',
  takesPkgrKeys: false,
  withDocker: 'build with Docker (useDocker: true)',
  withoutDocker: 'useDocker: false in custom.soclessPackager',
  index: 'PIP_INDEX_URL under dockerEnvs',
  conflict: 'write separateInstalls: true in custom.soclessPackager, with which a later pin wins',
};

/**
 * What a service of the Serverless Framework says, by the rules of socless_integration_packager:
 * code first and packages over it, a folder that is included is its contents at the zip's root.
 * @see https://github.com/twilio-labs/socless_integration_packager
 */
export function declareServerless(
  manifest: ServerlessManifest,
  report: (diagnostic: Diagnostic) => void,
  tree: Tree,
): Declaration {
  const { options } = manifest;
  const surroundings = { manifest, report, tree };
  if (options.containerName !== undefined) {
    report({
      code: 'ignored-key',
      severity: 'notice',
      message: 'containerName has no effect: pkgr builds in no container that it would keep',
      at: options.containerName.at,
      hint: 'remove it when nothing else reads it',
    });
  }
  const units = [...declareFunctions(surroundings), ...declareLayers(surroundings)];
  for (const problem of requirementsFileProblems(options, units, tree)) report(problem);
  const { useDocker, abortOnPackagingErrors, cleanup, dockerEnvs } = options;
  return {
    ...(options.buildDir && { output: options.buildDir }),
    outputKey: 'buildDir',
    exclude: [],
    ...(options.checkHandlers && { checksHandlers: true as const }),
    preferences: {
      engine: useDocker.value ? 'docker' : 'host',
      abortsOnFailure: abortOnPackagingErrors,
      cleansUp: cleanup,
    },
    words: soclessWords,
    secretValues: new Map(
      dockerEnvs.flatMap(({ name, value }) =>
        value === undefined ? [] : [[name, value] as const],
      ),
    ),
    units,
  };
}
