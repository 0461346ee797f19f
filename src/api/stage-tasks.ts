import { type BuildPlan, stageOwners } from '../plan/index.js';

/** What each stage of a build does, such as `install deps-1`, by the stage's name. */
export function stageTasks(plan: BuildPlan): ReadonlyMap<string, string> {
  return new Map([...stageOwners(plan)].map(([stage, { task }]) => [stage, task]));
}
