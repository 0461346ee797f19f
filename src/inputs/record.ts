import { posix } from 'node:path';
import type { CodeInput, Content, RequirementInputs, UnitInputs } from '../artifacts/index.js';
import { Problem, type TreeEntry } from '../context/index.js';
import type { BuildPlan, DependencySet, PlannedUnit } from '../plan/index.js';
import { ignorePatterns } from '../project/index.js';
import { copiedPaths } from './dockerfile-files.js';
import { type ProjectEntries, projectEntries } from './entries.js';
import { type EntryHashes, hashFiles } from './file-hashes.js';
import { summarise } from './folder.js';
import { optionsOf, osPackagesOf, type PlanParts, partsOf } from './options.js';
import { readLines } from './requirement-lines.js';

/** What every unit of a build has in common. */
export type CommonInputs = Pick<UnitInputs, 'pkgr' | 'programs' | 'engine'>;

/** Entries that are listed of all folders of a plan together; of one at most and at least so many. */
const LISTED = { together: 20_000, most: 1000, least: 20 };

/**
 * What each of the units is made of now, by its name. A unit whose files cannot all be read is not
 * in the result: its build has more to say of that.
 * @param root absolute path of the project
 */
export async function recordInputs(
  plan: BuildPlan,
  units: readonly PlannedUnit[],
  root: string,
  common: CommonInputs,
): Promise<ReadonlyMap<string, UnitInputs>> {
  const entries = projectEntries({ root, ignore: ignorePatterns(plan.ignore) });
  const inputs = new Map<string, UnitInputs>();
  try {
    const lists = new Set<readonly TreeEntry[]>();
    const readable: PlanParts[] = [];
    for (const parts of units.map((unit) => partsOf(plan, unit))) {
      const own = await listsOf(parts, entries).catch(onlyOfFiles);
      for (const list of own ?? []) lists.add(list);
      if (own !== undefined) readable.push(parts);
    }
    const content = createContents(await hashFiles(lists), entriesOfOne(plan));
    const requirements = createRequirements(plan, root, entries, content);
    for (const parts of readable) {
      const { unit, dependencies, runtimeImage } = parts;
      const osPackages = osPackagesOf(parts);
      const baseFiles = (await baseEntries(parts, entries)).map((found) => ({
        path: found.path,
        ...content(found.kind, found.entries),
      }));
      inputs.set(unit.name, {
        ...common,
        options: optionsOf(parts),
        ...(osPackages.length > 0 && { osPackages }),
        ...(runtimeImage && { runtimeImage: { name: runtimeImage.image } }),
        ...(baseFiles.length > 0 && { baseFiles }),
        ...(dependencies && { requirements: await requirements(dependencies) }),
        code: await codeOf(unit, entries, content),
      });
    }
  } catch (error) {
    onlyOfFiles(error);
  }
  return inputs;
}

/** What is in a file or folder, as a hash and a list. */
type ContentOf = (kind: CodeInput['kind'], list: readonly TreeEntry[]) => Content;

/** Every list of entries that a unit is made of. */
async function listsOf(parts: PlanParts, entries: ProjectEntries) {
  const { unit, dependencies } = parts;
  const { code } = unit;
  const copies = code.flatMap((root) =>
    root.copies.map((copy) => entries.code(copy, root.exclude)),
  );
  const inputs = (dependencies?.inputs ?? []).map(entries.input);
  const ofBase = (await baseEntries(parts, entries)).map((found) => found.entries);
  return [...(await Promise.all([...copies, ...inputs])), ...ofBase];
}

/** What the COPY lines of a user's own Dockerfile name, where it is there. */
async function baseEntries({ base, context }: PlanParts, entries: ProjectEntries) {
  if (base?.kind !== 'dockerfile') return [];
  const found = await Promise.all(
    copiedPaths(base.text).map(async (copied) => {
      const path = posix.join(context?.path ?? '', copied).replace(/^\.$/, '');
      const own = await entries.any(path);
      return own && { path, ...own };
    }),
  );
  return found.filter((each) => each !== undefined);
}

async function codeOf(
  { code }: PlannedUnit,
  entries: ProjectEntries,
  content: ContentOf,
): Promise<readonly CodeInput[]> {
  const inputs: CodeInput[] = [];
  for (const { copies, exclude } of code) {
    for (const copy of copies) {
      const { kind, from, to } = copy;
      inputs.push({ kind, from, to, ...content(kind, await entries.code(copy, exclude)) });
    }
  }
  return inputs;
}

/** What pip is asked for, once for all units that share it. */
function createRequirements(
  plan: BuildPlan,
  root: string,
  entries: ProjectEntries,
  content: ContentOf,
): (set: DependencySet) => Promise<RequirementInputs> {
  const known = new Map<DependencySet, Promise<RequirementInputs>>();
  const read = async (set: DependencySet) => ({
    lines: await readLines(set, plan.manifest, root),
    files: await Promise.all(
      set.inputs.map(async (input) => ({
        path: input.path,
        ...content(input.kind, await entries.input(input)),
      })),
    ),
  });
  return (set) => {
    const found = known.get(set) ?? read(set);
    known.set(set, found);
    return found;
  };
}

function createContents(hashes: EntryHashes, limit: number): ContentOf {
  const known = new Map<readonly TreeEntry[], Content>();
  return (kind, list) => {
    const [first] = list;
    if (kind === 'file' && first !== undefined) return { content: hashes(first).hash };
    const found = known.get(list) ?? summarise(list.map(hashes), limit);
    known.set(list, found);
    return found;
  };
}

/** The same for every build of a project, whichever units are named. */
function entriesOfOne({ units }: BuildPlan): number {
  const folders = new Set(units.flatMap(({ code }) => code.map((root) => JSON.stringify(root))));
  const share = Math.floor(LISTED.together / Math.max(1, folders.size));
  return Math.max(LISTED.least, Math.min(LISTED.most, share));
}

/** @throws the error itself when it is neither a Problem nor the operating system's: a defect */
function onlyOfFiles(error: unknown): undefined {
  const isOfFiles =
    error instanceof Problem || (error instanceof Error && 'code' in error && 'syscall' in error);
  if (!isOfFiles) throw error;
}
