import type { Group, InspectedZip, Inspection, SharedGroups } from '../api/index.js';
import { visible } from '../diagnostics/index.js';
import { formatSize } from './figures.js';
import { printReason } from './print-reason.js';

/** Advice on what zips share that is told; the rest saves less. */
const TOLD = 5;
/** Bytes below which a shared package is not worth a layer. */
const WORTH = 10_000;

/** What the marks of an inspection mean, and what could be saved; paragraphs. */
export function printAdvice(inspection: Inspection): readonly string[] {
  const { units } = inspection;
  const notes = told(units.filter(({ spare }) => spare === undefined));
  return [...notes, ...printSavings(inspection)];
}

/** What could be left out of zips, and what that would save; paragraphs. */
export function printSavings({ units, shared }: Inspection): readonly string[] {
  const worth = shared.filter(({ saves }) => saves.unzipped >= WORTH);
  const more = worth.length - TOLD;
  const both = [
    ...worth.slice(0, TOLD).map(sharedLines),
    ...(more > 0 ? [[`and ${more} more that save less`]] : []),
  ].map((lines) => lines.map(visible).join('\n'));
  return [...told(units.filter(({ spare }) => spare !== undefined)), ...both];
}

/** The runtime's own packages are marked with `*`; here is what that means. Units alike are told of once. */
function told(units: readonly InspectedZip[]): readonly string[] {
  const alike = new Map<string, { lines: readonly string[]; units: string[] }>();
  for (const unit of units) {
    const lines = sdkLines(unit);
    const key = lines.join('\n');
    const known = alike.get(key) ?? { lines, units: [] };
    alike.set(key, known);
    known.units.push(unit.name);
  }
  return [...alike.values()].flatMap(({ lines: [first, ...lines], units: names }) =>
    first === undefined
      ? []
      : [`${first}: ${some(names)}`, ...lines.map((line) => `  ${line}`)].map(visible).join('\n'),
  );
}

function sdkLines({ spare, groups, runtime }: InspectedZip): readonly string[] {
  const marked = groups.filter(({ inRuntime }) => inRuntime);
  if (marked.length === 0) return [];
  const has = `* Lambda's ${runtime ?? 'Python'} has ${some(marked.map(({ name }) => name))} of its own`;
  if (spare === undefined) return [`${has}; more than the AWS SDK asks for it in`];
  const drop = spare.lines.flatMap((reason) => (reason.line ? [printReason(reason)] : []));
  return [
    has,
    `Without ${names(spare.packages)} the zip would have ${saving(spare)} less.`,
    ...(drop.length > 0 ? [`To leave them out, drop ${drop.join(' and ')}.`] : []),
    "AWS moves the runtime's versions on without notice: keep yours where a certain one is needed.",
  ];
}

function sharedLines({
  kind,
  units,
  groups,
  requirements,
  saves,
}: SharedGroups): readonly string[] {
  if (kind === 'twice') {
    const [user = '', layer = ''] = units;
    return [
      `${names(groups)} are in ${user} and in its layer ${layer}.`,
      `  The function's own copy is used; without it ${user} would have ${saving(saves)} less.`,
    ];
  }
  const layer =
    requirements.length === 0
      ? []
      : [
          `  layers: {shared: {requirements: [${requirements.join(', ')}]}}, and layers: [shared] in each`,
        ];
  return [
    `${names(groups)} are the same in ${some(units)}.`,
    `  One layer with them would save ${saving(saves)} of uploads; each function still unpacks it.`,
    ...layer,
  ];
}

function saving({
  unzipped,
  zipped,
}: {
  readonly unzipped: number;
  readonly zipped: number;
}): string {
  return `${formatSize(unzipped)} unzipped and ${formatSize(zipped)} zipped`;
}

function names(groups: readonly Group[]): string {
  return some(
    groups.map(({ name, version }) => (version === undefined ? name : `${name} ${version}`)),
  );
}

function some(all: readonly string[]): string {
  const shown = all.length > 4 ? all.slice(0, 3) : all;
  const rest = all.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  const last = shown.at(-1) ?? '';
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(', ')} and ${last}`;
}
