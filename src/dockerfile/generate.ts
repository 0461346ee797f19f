import { type BuildPlan, type PlannedUnit, packedAlone } from '../plan/index.js';
import { escapePattern } from '../project/index.js';
import { headerLines, setsOf } from './header.js';
import { type Stage, stagesUsedBy } from './instruction.js';
import { printComment, printStages } from './print.js';
import { DIGESTS, fromZipStages, sentZips, zipsOf } from './sent-zips.js';
import {
  DIGEST,
  type Gathered,
  gatherAnew,
  gatherStages,
  type ProgramsSource,
  planStages,
  RESOLVED,
  VERIFICATION,
  verificationStages,
  verifiedStageName,
  zipStages,
} from './stages/index.js';

/** A file to be written beside others, its path below the folder of generated files. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The Dockerfile of all units and one for each unit, with the .dockerignore of each. In its own file a
 * unit is packed by itself: that needs nothing of others.
 * @param folder where they will lie, below the project; the programs are expected in its programs/
 */
export async function generateDockerfiles(
  plan: BuildPlan,
  folder: string,
): Promise<readonly GeneratedFile[]> {
  const programs = { kind: 'context', path: `${folder}/programs` } as const;
  const stages = planStages(plan, programs);
  const gathered = gatherStages('all', 'Every zip.', zipsOf(plan, plan.units));
  const apart = stagesApart(plan);
  const texts = await printStages([...stages, ...gathered, ...apart]);
  const byName = placed([...stages, ...apart]);
  const ignore = ignoreText(plan, folder);
  const file = (path: string, text: string) => [
    { path, text },
    { path: `${path}.dockerignore`, text: ignore },
  ];
  const header = headerLines(plan, `${folder}/Dockerfile`);
  return [
    ...file('Dockerfile', assemble(header, [...stages, ...gathered], texts)),
    ...plan.units.flatMap((unit) => {
      const path = `${unit.name}.Dockerfile`;
      const own = headerLines(plan, `${folder}/${path}`, unit);
      return file(path, assemble(own, stagesFor(unit.target, byName), texts));
    }),
  ];
}

/** What is another stage where units that a batch packs are packed by themselves. */
function stagesApart(plan: BuildPlan): readonly Stage[] {
  const batched = plan.units.filter(({ zipBatch }) => zipBatch !== undefined);
  const names = new Set(batched.map(({ name }) => name));
  return packedAlone({ ...plan, units: batched }, names).units.flatMap((unit) =>
    zipStages(unit, plan.output),
  );
}

/** What a solve is to bring back. */
export interface Wanted {
  /** Below DIGESTS `NAME.json` for each unit, with `ID.resolved` of each set that is installed; or zips. */
  readonly kind: 'digests' | 'zips';
  readonly units: readonly PlannedUnit[];
  /** Units whose zips come with their digests; how zips come is what sentEntries() says. */
  readonly withZips?: readonly PlannedUnit[];
  /** Units that are verified besides; what is told of each is `NAME.verified` beside the digests. */
  readonly verified?: readonly PlannedUnit[];
  /** Names of units that are packed by themselves, whichever batch they belong to. */
  readonly alone?: ReadonlySet<string>;
}

/** The Dockerfile of one solve, whose last stage gathers what is wanted. */
export async function generateSolve(
  whole: BuildPlan,
  wanted: Wanted,
  programs: ProgramsSource,
  generation?: string,
): Promise<{ readonly dockerfile: string; readonly ignore: string; readonly target: string }> {
  const { verified = [], alone = new Set() } = wanted;
  const plan = packedAlone(whole, alone);
  const planned = new Map(plan.units.map((unit) => [unit.name, unit]));
  const asPlanned = (units: readonly PlannedUnit[] = []) =>
    units.flatMap(({ name }) => planned.get(name) ?? []);
  const units = asPlanned(wanted.units);
  const isTold = wanted.kind === 'digests';
  const target = isTold ? 'digests' : 'changed';
  const sent = sentZips(plan, isTold ? asPlanned(wanted.withZips) : units);
  const outputs = [...(isTold ? whatIsTold(plan, units, verified) : []), ...sent.outputs];
  const gathered =
    generation === undefined
      ? gatherStages(target, '', outputs)
      : gatherAnew(target, outputs, generation);
  const building = planStages(plan, programs);
  const names = new Set(building.map(({ name }) => name));
  const verifying =
    verified.length === 0 ? [] : verificationStages(plan, (name) => names.has(name));
  const stages = [...building, ...verifying, ...sent.stages, ...gathered];
  const used = stagesFor(target, placed(stages));
  const texts = await printStages(used);
  return { dockerfile: assemble([], used, texts), ignore: ignoreText(plan), target };
}

function whatIsTold(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  verified: readonly PlannedUnit[],
): readonly Gathered[] {
  return [
    ...digestsOf(plan, units),
    ...resolvedOf(plan, units),
    ...verified.map(verificationOf),
  ].map((each) => ({ ...each, to: DIGESTS + (each.to ?? '') }));
}

function digestsOf(plan: BuildPlan, units: readonly PlannedUnit[]): readonly Gathered[] {
  return fromZipStages(plan, units, DIGEST, ({ name }) => `${name}.json`);
}

/** What pip tells of each set that the units need; no digest has such a name. */
function resolvedOf(plan: BuildPlan, units: readonly PlannedUnit[]): readonly Gathered[] {
  return setsOf(plan, units).map(({ id }) => ({
    stage: id,
    source: RESOLVED,
    to: `${id}.resolved`,
  }));
}

function verificationOf(unit: PlannedUnit): Gathered {
  return { stage: verifiedStageName(unit), source: VERIFICATION };
}

/** Stages by name, with their places in the whole file. */
type PlacedStages = ReadonlyMap<string, { readonly stage: Stage; readonly place: number }>;

function placed(stages: readonly Stage[]): PlacedStages {
  return new Map(stages.map((stage, place) => [stage.name, { stage, place }]));
}

/** The stages that a target needs, in the order of the whole file, which is not gone through. */
function stagesFor(target: string, stages: PlacedStages): readonly Stage[] {
  const needed = new Map<string, { readonly stage: Stage; readonly place: number }>();
  const visit = (name: string) => {
    const found = stages.get(name);
    if (found === undefined || needed.has(name)) return;
    needed.set(name, found);
    for (const used of stagesUsedBy(found.stage)) visit(used);
  };
  visit(target);
  const inOrder = [...needed.values()].sort((one, other) => one.place - other.place);
  return inOrder.map(({ stage }) => stage);
}

function assemble(
  header: readonly string[],
  stages: readonly Stage[],
  texts: ReadonlyMap<Stage, string>,
): string {
  const blocks = stages.map((stage) => texts.get(stage) ?? '');
  const top = header.length === 0 ? [] : [header.map(printComment).join('\n')];
  return `${[...top, ...blocks].join('\n\n')}\n`;
}

/** The text of a .dockerignore; of the generated files only the programs are needed. */
function ignoreText(plan: BuildPlan, folder?: string): string {
  const place = escapePattern(folder ?? '');
  const generated = folder === undefined ? [] : [place, `!${place}/programs`];
  const lines = [...plan.ignore, ...generated];
  const broken = lines.find((line) => line.includes('\n'));
  if (broken !== undefined) throw new RangeError(`not one line: ${JSON.stringify(broken)}`);
  return `${lines.join('\n')}\n`;
}
