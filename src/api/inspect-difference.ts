import { resolve } from 'node:path';
import { type Diagnostic, PkgrError } from '../diagnostics/index.js';
import {
  type ComparedZip,
  comparedZip,
  differenceOf,
  type ZipDifference,
} from '../inspect/index.js';
import { zipsOfReport } from './compared-zips.js';
import { inspect } from './inspect.js';
import type { ProjectOptions } from './open.js';

export interface Differences {
  readonly zips: readonly ZipDifference[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tells how zips differ from earlier ones: of the units or zips that are named, or of an
 * artifacts.json's; of all units of the manifest when nothing is named.
 * @param old a zip or an artifacts.json
 * @throws PkgrError with what cannot be read or be compared
 */
export async function inspectDifference(
  old: string,
  names: readonly string[],
  options: ProjectOptions,
): Promise<Differences> {
  const earlier = await zipsOf([old], options);
  const now = await zipsOf(names, options);
  const zips = pairs(earlier.zips, now.zips, old).flatMap(
    ([before, after]) => differenceOf(before, after) ?? [],
  );
  return { zips, diagnostics: [...new Set([...earlier.diagnostics, ...now.diagnostics])] };
}

async function zipsOf(names: readonly string[], options: ProjectOptions) {
  const zips: ComparedZip[] = [];
  const reports = names.filter((name) => /\.json$/i.test(name));
  for (const name of reports) zips.push(...(await zipsOfReport(resolve(options.cwd, name), name)));
  const others = names.filter((name) => !reports.includes(name));
  if (names.length > 0 && others.length === 0) return { zips, diagnostics: [] };
  const { inspection, diagnostics } = await inspect(others, options);
  return { zips: [...zips, ...inspection.units.map(comparedZip)], diagnostics };
}

type Pair = readonly [before: ComparedZip | undefined, now: ComparedZip | undefined];

/** One zip goes with one, whatever they are called; several go by their names. */
function pairs(
  before: readonly ComparedZip[],
  now: readonly ComparedZip[],
  old: string,
): readonly Pair[] {
  const [first, second] = before;
  if (first !== undefined && second === undefined && now.length === 1) return [[first, now[0]]];
  const isPair = (one: ComparedZip, other: ComparedZip) =>
    one.name === other.name &&
    (one.kind === other.kind || one.kind === 'zip' || other.kind === 'zip');
  if (first?.kind === 'zip') {
    const match = now.find((each) => isPair(first, each));
    if (match !== undefined) return [[first, match]];
    throw new PkgrError([
      {
        code: 'invalid-value',
        severity: 'error',
        message: `${old} is one zip, and it is not told which of ${now.length} to compare with it`,
        hint: 'name the zip or the unit behind it',
      },
    ]);
  }
  const isGone = (each: ComparedZip) => !now.some((other) => isPair(each, other));
  return [
    ...now.map((each): Pair => [before.find((other) => isPair(other, each)), each]),
    ...before.filter(isGone).map((each): Pair => [each, undefined]),
  ];
}
