import type { Diagnostic } from '../../diagnostics/index.js';
import type { ServerlessManifest } from '../../manifest/index.js';
import type { Tree } from '../paths/tree.js';

/** What every step of declaring a service's units knows. */
export interface Surroundings {
  readonly manifest: ServerlessManifest;
  readonly report: (diagnostic: Diagnostic) => void;
  readonly tree: Tree;
}
