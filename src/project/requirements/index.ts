/** Requirements files and lines go in; every file and folder that pip reads from the project comes out. */
import type { Requirement } from '../unit.js';
import { createRequirementsReader, type FollowedRequirements } from './reader.js';

export { type IncludeRole, parseRequirements, type RequirementLine } from './parse.js';
export {
  createRequirementsReader,
  type FollowedRequirements,
  type RequirementsReader,
} from './reader.js';
export type { AskedRequirement } from './report.js';

/**
 * Reads requirements files, and those they name, by pip's own rules, and checks every local path.
 * `root` is the absolute project folder: Docker's build context and pip's working directory.
 * Runs nothing, opens nothing outside `root`, and tells all problems at once.
 */
export function followRequirements(
  root: string,
  sources: readonly Requirement[],
): Promise<FollowedRequirements> {
  return createRequirementsReader(root).follow(sources);
}
