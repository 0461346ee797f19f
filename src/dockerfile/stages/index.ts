import type { BuildPlan } from '../../plan/index.js';
import type { Stage } from '../instruction.js';
import { baseStages, runtimeImageStage, systemStage } from './bases.js';
import { deflateStage, installStage } from './dependencies.js';
import { librariesStage } from './libraries.js';
import { type ProgramsSource, programsStage } from './programs.js';
import { pipConfSecrets } from './secrets.js';
import { unitStages } from './unit.js';

export { RESOLVED } from './dependencies.js';
export { type Gathered, gatherAnew, gatherStages } from './gather.js';
export type { ProgramsSource } from './programs.js';
export { netrc, pipConfSecrets, trustRoot, variableSecret } from './secrets.js';
export { DIGEST, ZIPPED, zipStageName } from './unit.js';

/** Every stage that the plan needs, each before the stages that use it. */
export function planStages(plan: BuildPlan, programs: ProgramsSource): readonly Stage[] {
  const pipConf = pipConfSecrets(plan);
  return [
    programsStage(programs),
    ...plan.bases.flatMap(baseStages),
    ...plan.systems.map(systemStage),
    ...plan.runtimeImages.map(runtimeImageStage),
    ...plan.dependencySets.flatMap((set) => [
      installStage(set, pipConf.get(set.pipconf ?? '')),
      ...plan.packageZips
        .filter(({ dependencies }) => dependencies === set.id)
        .map((zip) => deflateStage(set, zip)),
    ]),
    ...plan.librarySets.map(librariesStage),
    ...plan.units.flatMap((unit) => unitStages(unit, plan.output)),
  ];
}
