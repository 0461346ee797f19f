/** The text of a user's own Dockerfile in, its stages out, with what each refers to told apart. Pure. */
export {
  BUILD_PLATFORM,
  type OwnBuild,
  type OwnDockerfile,
  type OwnFrom,
  type OwnStage,
  type OwnText,
} from './own-dockerfile.js';
export { type DockerfileReading, readDockerfile } from './read.js';
