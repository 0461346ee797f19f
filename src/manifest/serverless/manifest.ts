import type { Location } from '../../diagnostics/index.js';
import type { PkgrVerify } from '../pkgr/manifest.js';
import type { Architecture, installers } from '../pkgr/values.js';
import type { Located } from '../source.js';

/** What of a service decides what is packed, typed and with the place of every value. */
export interface ServerlessManifest {
  /** The name of the service; functions without a name are called after it. */
  readonly service?: Located<string>;
  readonly stage: string;
  readonly options: SoclessOptions;
  readonly package: ServerlessPackage;
  readonly functions: readonly ServerlessFunction[];
  readonly layers: readonly ServerlessLayer[];
}

/** custom.soclessPackager; an option that is not given is absent, except where a default suffices. */
export interface SoclessOptions {
  /** Where custom.soclessPackager is written. */
  readonly at: Location;
  /** Absent when it is missing or refused, which has been reported. */
  readonly buildDir?: Located<string>;
  readonly requirementsFile?: Located<string>;
  readonly globalRequirements?: readonly Located<string>[];
  readonly globalIncludes?: readonly Located<string>[];
  readonly useDocker: Located<boolean>;
  readonly dockerImage?: Located<string>;
  readonly containerName?: Located<string>;
  readonly abortOnPackagingErrors: boolean;
  readonly cleanup: boolean;
  readonly mountSSH: boolean;
  /** Names of variables, with the value where the service gives one. */
  readonly dockerEnvs: readonly DockerEnv[];
  readonly separateInstalls: boolean;
  readonly checkHandlers: boolean;
  readonly installer?: Located<(typeof installers)[number]>;
  readonly verify?: PkgrVerify;
  readonly verifyImage?: Located<string>;
  /** All of the service's layers, or those of these names. */
  readonly packageLayers: boolean | readonly Located<string>[];
}

export interface DockerEnv {
  readonly name: string;
  readonly value?: string;
  readonly at: Location;
}

/** `package` of the service, of a function or of a layer. */
export interface ServerlessPackage {
  readonly include: readonly Located<string>[];
  readonly exclude: readonly Located<string>[];
  readonly patterns: readonly Located<string>[];
  readonly artifact?: Located<string>;
  readonly disable: boolean;
}

export interface ServerlessFunction {
  /** Its key in `functions`. */
  readonly key: string;
  readonly at: Location;
  readonly name?: Located<string>;
  /** Its own runtime, or the provider's; as written, it may be no Python. */
  readonly runtime?: Located<string>;
  readonly architecture?: Located<Architecture>;
  readonly handler?: Located<string>;
  /** It is a container image, which no packager touches. */
  readonly isImage: boolean;
  readonly package: ServerlessPackage;
  /** ARNs, and names of layers of the service. */
  readonly layers: readonly ServerlessLayerUse[];
}

/** A layer of a function; what is neither known nor of this service is an ARN known at deploy time. */
export type ServerlessLayerUse =
  | { readonly kind: 'service'; readonly layer: Located<string> }
  | { readonly kind: 'arn'; readonly arn: Located<string> }
  | { readonly kind: 'unknown'; readonly shown: string; readonly at: Location };

export interface ServerlessLayer {
  /** Its key in `layers`. */
  readonly key: string;
  readonly at: Location;
  readonly path?: Located<string>;
  readonly runtime?: Located<string>;
  readonly architecture?: Located<Architecture>;
  readonly package: ServerlessPackage;
}
