import type { Location } from '../../diagnostics/index.js';
import { type InstalledPackage, packageKey } from '../packages/index.js';
import type { MarkerValues } from './environment.js';
import { mayHold } from './marker.js';
import { lastFolder, type ParsedRequirement, parseRequirement } from './requirement.js';

/** A requirement of the user's own: a line of a requirements file, or of the manifest. */
export interface AskedLine {
  readonly text: string;
  readonly at: Location;
  /** The package that it asks for, where its text does not tell and something else does. */
  readonly name?: string;
}

/** How a package got into a zip. */
export interface Reason {
  /** The user's line; absent where a zip alone is known. */
  readonly line?: AskedLine;
  /** Names of packages, from the one that the line asks for to this one. */
  readonly path: readonly string[];
}

export type Reasons = ReadonlyMap<InstalledPackage, readonly Reason[]>;

/** Lines that are followed one by one; more of them would tell the same. */
const MOST_LINES = 300;

/**
 * Why each package is there: for each of the user's lines that leads to it, the shortest way. Without
 * lines the packages that were asked for by name are where ways begin, or that no other needs.
 */
export function reasonsOf(
  packages: readonly InstalledPackage[],
  lines: readonly AskedLine[] | undefined,
  values: MarkerValues,
): Reasons {
  const graph = createGraph(packages, values);
  if (lines === undefined) return waysFrom(graph, rootsOf(graph));
  const asked = lines.map((line) => ({ line, requirement: requirementOf(line) }));
  const reasons = new Map<InstalledPackage, Reason[]>();
  const follow = (line: AskedLine, starts: readonly Step[]) => {
    for (const [found, ways] of waysFrom(graph, starts)) {
      const known = reasons.get(found) ?? [];
      reasons.set(found, known);
      for (const { path } of ways) known.push({ line, path });
    }
  };
  for (const { line, requirement } of asked.slice(0, MOST_LINES)) {
    if (requirement === undefined || !mayHold(requirement.marker, values)) continue;
    follow(line, graph.stepsOf(requirement));
  }
  const unnamed = asked.filter(({ requirement }) => requirement === undefined);
  for (const { line } of unnamed.slice(0, MOST_LINES)) {
    const left = rootsOf(graph).filter(({ found }) => !reasons.has(found));
    const byName = left.filter(({ found }) => found.key === lastFolder(line.text));
    // A folder does not tell its package's name; where one line and one package are left, they are a pair.
    const only = left.length === 1 && unnamed.length === 1 ? left : [];
    follow(line, byName.length > 0 ? byName : only);
  }
  for (const ways of reasons.values())
    ways.sort((one, other) => one.path.length - other.path.length);
  return reasons;
}

function requirementOf({ text, name }: AskedLine): ParsedRequirement | undefined {
  const parsed = parseRequirement(text);
  if (name === undefined) return parsed;
  return { extras: [], marker: '', ...parsed, key: packageKey(name) };
}

/** A package that is asked for, with one of its extras or '' for the package itself. */
interface Step {
  readonly found: InstalledPackage;
  readonly extra: string;
}

interface Graph {
  readonly packages: readonly InstalledPackage[];
  stepsOf(requirement: ParsedRequirement): readonly Step[];
  /** What a package needs, or what one of its extras adds. */
  needsOf(step: Step): readonly Step[];
}

function createGraph(packages: readonly InstalledPackage[], values: MarkerValues): Graph {
  const byKey = new Map(packages.toReversed().map((each) => [each.key, each]));
  const parsed = new Map(
    packages.map((each) => [each, each.requires.flatMap((text) => parseRequirement(text) ?? [])]),
  );
  const stepsOf = ({ key, extras }: ParsedRequirement): readonly Step[] => {
    const found = byKey.get(key);
    return found === undefined ? [] : ['', ...extras].map((extra) => ({ found, extra }));
  };
  return {
    packages,
    stepsOf,
    needsOf: ({ found, extra }) =>
      (parsed.get(found) ?? [])
        .filter(({ marker }) => mayHold(marker, values, extra))
        .flatMap(stepsOf),
  };
}

/** The shortest way to each package that can be reached from any of the starts. */
function waysFrom(graph: Graph, starts: readonly Step[]): Reasons {
  const ways = new Map<InstalledPackage, Reason[]>();
  const seen = new Set<string>();
  const queue: (Step & { readonly path: readonly string[] })[] = [];
  const visit = (step: Step, before: readonly string[]) => {
    const key = `${step.found.metadataFolder}[${step.extra}]`;
    if (seen.has(key)) return;
    seen.add(key);
    // An extra is a second visit of the same package.
    const path = before.at(-1) === step.found.name ? before : [...before, step.found.name];
    if (!ways.has(step.found)) ways.set(step.found, [{ path }]);
    queue.push({ ...step, path });
  };
  for (const start of starts) visit(start, []);
  for (let at = 0; at < queue.length; at += 1) {
    const step = queue[at];
    if (step === undefined) break;
    for (const need of graph.needsOf(step)) visit(need, step.path);
  }
  return ways;
}

/** What was asked for by name; in zips that do not tell, what nothing else in them needs. */
function rootsOf(graph: Graph): readonly Step[] {
  const { packages } = graph;
  const requested = packages.filter((each) => each.requested);
  const needed = new Set(
    packages.flatMap((found) =>
      graph
        .needsOf({ found, extra: '' })
        .flatMap((need) => (need.found === found ? [] : need.found)),
    ),
  );
  const roots = requested.length > 0 ? requested : packages.filter((each) => !needed.has(each));
  return roots.map((found) => ({ found, extra: '' }));
}
