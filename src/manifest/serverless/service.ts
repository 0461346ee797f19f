import type { Location } from '../../diagnostics/index.js';
import type { DocumentPath } from '../source.js';

/**
 * A service of the Serverless Framework whose variables are resolved: by the framework itself, whose
 * plugin hands it over, or by pkgr's own reading of a serverless.yml.
 */
export interface ServerlessService {
  /** The file that declares it, as the user would type it; it may be TypeScript. */
  readonly file: string;
  /** Plain data in the framework's form: service, provider, package, custom, functions, layers. */
  readonly value: unknown;
  /** The stage of the command line; it goes before provider.stage, as in the framework. */
  readonly stage?: string;
  /** Where the value at this path is written, or the nearest place that is known. */
  locate(path: DocumentPath): Location;
  locateKey(path: DocumentPath): Location;
  /** Variables at this path, in it or around it that could not be resolved; their text is the value. */
  unresolved(path: DocumentPath): readonly UnresolvedVariable[];
}

/** A variable that pkgr cannot know: it is an error only where its value decides what is packed. */
export interface UnresolvedVariable {
  /** As written, such as `${ssm:/path}`. */
  readonly text: string;
  /** What is in the way, after "cannot be resolved: ". */
  readonly why: string;
  readonly at: Location;
  readonly hint: string;
}
