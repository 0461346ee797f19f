import type { Findings, MissingLibrary, ReplacedFile } from '../artifacts/index.js';
import type { Diagnostic } from '../diagnostics/index.js';
import type { PlannedUnit } from '../plan/index.js';
import type { UnitResult } from './build-result.js';

/** Libraries and files shown below one diagnostic; the rest is counted. */
const SHOWN = 20;
/** Paths that a line to be copied into a manifest may have. */
const PATHS = 3;

/**
 * What the packing of zips has found that will not work, or not as somebody may expect: told at
 * every build, also when nothing was done anew. Units with the same findings are told of together.
 */
export function findingWarnings(results: readonly UnitResult[]): readonly Diagnostic[] {
  const told = new Map<string, { readonly findings: Findings; readonly units: PlannedUnit[] }>();
  for (const result of results) {
    const findings = result.kind === 'failed' ? undefined : result.digest.findings;
    if (findings === undefined) continue;
    const key = JSON.stringify([findings.missing, findings.replaced]);
    const same = told.get(key);
    if (same === undefined) told.set(key, { findings, units: [result.unit] });
    else same.units.push(result.unit);
  }
  return [...told.values()].flatMap(({ findings: { missing, replaced }, units }) => [
    ...missingLibraries(
      missing.filter(({ path }) => path !== undefined),
      units,
    ),
    ...absentLibraries(
      missing.filter(({ path }) => path === undefined),
      units,
    ),
    ...replacedFiles(replaced, units),
  ]);
}

/** Libraries that could be carried, because the image has them. */
function missingLibraries(
  libraries: readonly MissingLibrary[],
  units: readonly PlannedUnit[],
): readonly Diagnostic[] {
  if (libraries.length === 0) return [];
  const paths = libraries.map(({ path }) => JSON.stringify(path));
  const exact = paths.length > PATHS ? '' : `, or libs: [${paths.join(', ')}]`;
  return [
    {
      code: 'missing-library',
      severity: 'warning',
      message: `${needs(units, libraries)} neither the zip nor Lambda has`,
      ...placeOf(units),
      details: libraryLines(libraries),
      hint: `write libs: auto${exact}; or nothing, if a layer brings ${libraries.length > 1 ? 'them' : 'it'}`,
    },
  ];
}

/** Libraries that are nowhere, so that somebody has to say where they come from. */
function absentLibraries(
  libraries: readonly MissingLibrary[],
  units: readonly PlannedUnit[],
): readonly Diagnostic[] {
  if (libraries.length === 0) return [];
  const [them, belong] = libraries.length > 1 ? ['them', 'they belong'] : ['it', 'it belongs'];
  const isMusl = libraries.some(({ library }) => library.startsWith('libc.musl-'));
  return [
    {
      code: 'missing-library',
      severity: 'warning',
      message: `${needs(units, libraries)} neither the zip nor Lambda nor the image has`,
      ...placeOf(units),
      details: libraryLines(libraries),
      hint: isMusl
        ? 'it was made for Alpine, whose C library Lambda does not have: build in an image with glibc'
        : `name the OS package that ${belong} to under packages, and write libs: auto to carry ${them}`,
    },
  ];
}

/** `function "hello" needs libpq.so.5, which`, up to who does not have it. */
function needs(units: readonly PlannedUnit[], libraries: readonly MissingLibrary[]): string {
  const verb = units.length > 1 ? 'need' : 'needs';
  const more = libraries.length - 1;
  const others = more > 0 ? ` and ${more} more ${more > 1 ? 'libraries' : 'library'}` : '';
  return `${namesOf(units)} ${verb} ${libraries[0]?.library}${others}, which`;
}

/** A line for each library that a file needs, and one for those that only other libraries need. */
function libraryLines(libraries: readonly MissingLibrary[]): readonly string[] {
  const names = new Set(libraries.map(({ library }) => library));
  const isDirect = ({ neededBy }: MissingLibrary) => neededBy.some((name) => !names.has(name));
  const direct = libraries.filter(isDirect).map((missing) => {
    const origin = originOf(missing);
    const from = origin === '' ? '' : ` of the OS package ${origin}`;
    return `${missing.library}${from}, needed by ${missing.neededBy.join(', ')}`;
  });
  const indirect = libraries
    .filter((missing) => !isDirect(missing))
    .map((missing) => {
      const origin = originOf(missing);
      return origin === '' ? missing.library : `${missing.library} (${origin})`;
    });
  const inTurn = indirect.length === 0 ? [] : [`and in turn ${cut(indirect).join(', ')}`];
  return [...cut(direct), ...inTurn];
}

/** Name and version of the OS package; empty when no package has it. */
function originOf({ package: owner, version }: MissingLibrary): string {
  return owner === undefined ? '' : [owner, version ?? []].flat().join(' ');
}

function replacedFiles(
  replaced: readonly ReplacedFile[],
  units: readonly PlannedUnit[],
): readonly Diagnostic[] {
  const [first] = replaced;
  if (first === undefined) return [];
  const [what, are] =
    replaced.length > 1 ? [`${replaced.length} files`, 'are'] : [first.name, 'is'];
  return [
    {
      code: 'replaced-file',
      severity: 'warning',
      message: `in ${namesOf(units)}, ${what} of the ${first.of} ${are} replaced by the ${first.by} of the same name from the image`,
      ...placeOf(units),
      details: cut(replaced.map(({ name }) => name)),
      hint: 'rename it in lambda_lib or lambda_bin of the image, or choose another file in libs or bins',
    },
  ];
}

function placeOf([first]: readonly PlannedUnit[]): Pick<Diagnostic, 'at'> {
  return first === undefined ? {} : { at: first.at };
}

function namesOf(units: readonly PlannedUnit[]): string {
  const [first = '', second, ...more] = units.map(({ kind, name }) => {
    return `${kind} ${JSON.stringify(name)}`;
  });
  if (second === undefined) return first;
  return more.length === 0 ? `${first} and ${second}` : `${first} and ${more.length + 1} more`;
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= SHOWN) return lines;
  return [...lines.slice(0, SHOWN), `and ${lines.length - SHOWN} more`];
}
