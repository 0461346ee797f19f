/** A build plan in, Dockerfile text out, through typed instructions and one printer. Pure. */
export {
  type GeneratedFile,
  generateDockerfiles,
  generateSolve,
  type Wanted,
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
export { DIGESTS, sentEntries } from './sent-zips.js';
export { netrc, trustRoot, variableSecret } from './stages/index.js';
