import type { Diagnostic, Location } from '../../diagnostics/index.js';
import type { SoclessOptions } from '../../manifest/index.js';
import type { UnitDeclaration } from '../declaration.js';
import { defaultImage } from '../default-image.js';
import type { Architecture, Located, Runtime } from '../unit.js';

/** The runtimes of which lambci has published build images, for x86_64 only. */
const lambciRuntimes: readonly string[] = ['python3.6', 'python3.7', 'python3.8'];

/**
 * What a function is built in: the image that the service names, or the plugin's own default,
 * lambci's image of the runtime. lambci ended with python3.8: from there on it is AWS SAM's, of which
 * a notice tells. No image is looked at for lambda_lib and lambda_bin, which are juniper's.
 * @see https://github.com/lambci/docker-lambda
 */
export function imageOf(
  { dockerImage, useDocker }: SoclessOptions,
  runtime: Located<Runtime>,
  architecture: Architecture,
  report: (diagnostic: Diagnostic) => void,
): UnitDeclaration['base'] {
  if (dockerImage !== undefined) return base(dockerImage);
  const { value, at } = runtime;
  if (lambciRuntimes.includes(value) && architecture === 'x86_64') {
    // Without Docker a default is no choice that has to be told to be without effect.
    return useDocker.value ? base({ value: `lambci/lambda:build-${value}`, at }) : undefined;
  }
  if (useDocker.value) report(noLambci(value, architecture, at));
  return undefined;
}

function base(name: Located<string>): UnitDeclaration['base'] {
  return { kind: 'image', name, ignoresLambdaFolders: true };
}

function noLambci(runtime: Runtime, architecture: Architecture, at: Location): Diagnostic {
  const which = architecture === 'arm64' ? `${runtime} on arm64` : runtime;
  return {
    code: 'replaced-default',
    severity: 'notice',
    message: `lambci never had an image for ${which}: ${defaultImage(runtime, architecture)} is used`,
    at,
    hint: 'dockerImage in custom.soclessPackager chooses another',
  };
}
