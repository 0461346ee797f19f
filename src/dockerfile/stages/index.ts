import { type BuildPlan, groupBy } from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { baseStages, runtimeImageStage, systemStage } from './bases.js';
import { installStages } from './dependencies.js';
import { librariesStage } from './libraries.js';
import { type ProgramsSource, programsStage } from './programs.js';
import { pipConfSecrets } from './secrets.js';
import { unitsStages } from './unit.js';
import { uvStage } from './uv.js';

export { type Gathered, gatherAnew, gatherStages } from './gather.js';
export { DIGEST, deflatedFolder, RESOLVED, RESTS, VERIFICATION, ZIPPED } from './places.js';
export type { ProgramsSource } from './programs.js';
export { restsStage, restsStageName } from './rests.js';
export { netrc, pipConfSecrets, trustRoot, variableSecret } from './secrets.js';
export { zipStageName, zipStages } from './unit.js';
export { verificationStages, verifiedStageName } from './verify.js';

/** Every stage that building needs, each before the stages that use it. */
export function planStages(plan: BuildPlan, programs: ProgramsSource): readonly Stage[] {
  const pipConf = pipConfSecrets(plan);
  const sets = [...plan.dependencySets, ...plan.librarySets];
  const zips = groupBy(plan.packageZips, ({ dependencies }) => dependencies);
  const lookedInto = new Set(sets.map(({ runtimeImage }) => runtimeImage));
  return [
    programsStage(programs),
    ...plan.bases.flatMap(baseStages),
    ...plan.systems.map(systemStage),
    ...plan.runtimeImages.filter(({ id }) => lookedInto.has(id)).map(runtimeImageStage),
    ...plan.installers.map(uvStage),
    ...plan.dependencySets.flatMap((set) =>
      installStages(set, zips.get(set.id) ?? [], pipConf.get(set.pipconf ?? '')),
    ),
    ...plan.librarySets.map((set) => librariesStage(set, zips.get(set.dependencies ?? '')?.[0])),
    ...unitsStages(plan),
  ];
}
