/** A build plan in, Dockerfile text out, through typed instructions and one printer. Pure. */
export {
  DIGESTS,
  type GeneratedFile,
  generateDockerfiles,
  generateSolve,
  type Wanted,
  ZIPS,
} from './generate.js';
export {
  type BuildCommand,
  GENERATED_MARK,
  ownContexts,
  printBuildCommand,
  projectSecrets,
  secretVariables,
  usesSsh,
} from './header.js';
export { netrc, trustRoot, variableSecret } from './stages/index.js';
