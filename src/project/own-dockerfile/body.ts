import { nearest } from '../../diagnostics/index.js';
import { addsFiles, copiesOnlyText } from './context.js';
import { isImage } from './from.js';
import { argumentsOf, givenValue, isArgument } from './global-arguments.js';
import { type ContextPlace, readFlags, type WrittenReference } from './instruction.js';
import { type LogicalLine, sourceOffset } from './logical-lines.js';
import type { OwnBuild, OwnText } from './own-dockerfile.js';
import type { Problem, Report } from './report.js';

/** What the instructions of one stage can refer to. */
export interface Surroundings {
  /** Names of all stages of the file, in lower case. */
  readonly names: readonly (string | undefined)[];
  /** Index of the stage. */
  readonly stage: number;
  /** What the ARGs before the first FROM are. */
  readonly variables: ReadonlyMap<string, string>;
  readonly build: Pick<OwnBuild, 'args' | 'hasContext'>;
}

/** What stands in place of a stretch of the source. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: OwnText;
}

/** What changes in an instruction when it moves to another file, in order. */
export function editsOf(
  line: LogicalLine,
  surroundings: Surroundings,
  report: Report,
): { readonly edits: readonly Edit[]; readonly usesSsh: boolean } {
  const { stage, build } = surroundings;
  if (isArgument(line)) return { edits: defaults(line, surroundings), usesSsh: false };
  if (build.hasContext && addsFiles(line)) {
    const message = 'ADD cannot take files from a context of its own';
    const hint =
      'use COPY; an archive is unpacked by RUN --mount=type=bind,source=FILE,target=/tmp/FILE tar -xf /tmp/FILE';
    report({ offset: line.start, message, hint });
  }
  const flags = readFlags(line);
  if (flags === undefined) {
    const message = `the flags of this ${line.keyword} can be read in more than one way`;
    const hint = 'write them without quotes, escapes and blanks, and without -- behind them';
    report({ offset: line.start, message, hint });
    return { edits: [], usesSsh: false };
  }
  // What ONBUILD says is done in a later stage, which can take from this one too.
  const above = line.keyword === 'ONBUILD' ? { ...surroundings, stage: stage + 1 } : surroundings;
  const taken = flags.references.flatMap((reference): Edit[] => {
    const start = sourceOffset(line, reference.start);
    const end = sourceOffset(line, reference.end - 1) + 1;
    const text = target(reference, above, (problem) => report({ offset: start, ...problem }));
    return text === undefined ? [] : [{ start, end, text }];
  });
  const added = build.hasContext
    ? flags.places.flatMap((place) => fromContext(line, place, report))
    : [];
  const edits = [...added, ...taken].sort((one, other) => one.start - other.start);
  return { edits, usesSsh: flags.usesSsh };
}

/** A COPY or a mount that names no other source has the files of the context. */
function fromContext(line: LogicalLine, { by, at }: ContextPlace, report: Report): readonly Edit[] {
  if (by === 'copy' && copiesOnlyText(line)) return [];
  const start = sourceOffset(line, at - 1) + 1;
  if (by !== 'unknown') return [{ start, end: start, text: { kind: 'context', by } }];
  const message = 'whether this takes files from the context cannot be told';
  const hint = 'write the type of a mount without variables, and no empty from';
  report({ offset: start, message, hint });
  return [];
}

/** The source from `start` to `end` with the edits made. */
export function textBetween(
  source: string,
  start: number,
  end: number,
  edits: readonly Edit[],
): readonly OwnText[] {
  const found: OwnText[] = [];
  let at = start;
  for (const edit of edits) {
    found.push({ kind: 'text', text: source.slice(at, edit.start) }, edit.text);
    at = edit.end;
  }
  return [...found, { kind: 'text', text: source.slice(at, end) }];
}

/**
 * An ARG of a stage has the value that the manifest gives it; or else, without a default of its own,
 * that of the one before the first FROM, which is not copied.
 */
function defaults(line: LogicalLine, { variables, build }: Surroundings): readonly Edit[] {
  return (argumentsOf(line) ?? []).flatMap(({ name, value, start, end }): Edit[] => {
    const inherited = value === undefined ? variables.get(name) : undefined;
    const known = givenValue(build.args, name) ?? inherited;
    if (known === undefined) return [];
    const from = sourceOffset(line, start + name.length - 1) + 1;
    const to = sourceOffset(line, end - 1) + 1;
    return [{ start: from, end: to, text: { kind: 'default', value: known } }];
  });
}

type Refuse = (problem: Omit<Problem, 'offset'>) => void;

function target(
  { by, name }: WrittenReference,
  { names, stage }: Surroundings,
  refuse: Refuse,
): OwnText | undefined {
  const shown = JSON.stringify(name);
  const isNumber = /^[+-]?\d+$/.test(name);
  if (isNumber && by === 'mount') {
    const message = `a mount cannot name the stage ${name} by its number`;
    refuse({ message, hint: 'give it a name: FROM ... AS NAME' });
    return undefined;
  }
  const index = isNumber ? Number(name) : names.indexOf(name.toLowerCase());
  if (isNumber || index >= 0) {
    if (index >= 0 && index < stage) return { kind: 'stage', stage: index };
    const place =
      index === stage ? 'is this stage itself' : 'comes later in the file, or not at all';
    const hint = 'take from a stage that is above, and move it there if need be';
    refuse({ code: 'unknown-stage', message: `the stage ${shown} ${place}`, hint });
    return undefined;
  }
  if (name === 'scratch') return undefined;
  if (!isImage(name)) {
    const hint = 'Docker expands no variables here: add FROM ... AS NAME, and take from NAME';
    refuse({ message: `${shown} is neither a stage nor an image`, hint });
    return undefined;
  }
  const known = names.slice(0, stage).filter((one) => one !== undefined);
  const meant = /[/:@]/.test(name) ? undefined : nearest(name, known);
  if (meant !== undefined) {
    const message = `${shown} is no stage of this file, so that it is taken for an image`;
    refuse({ code: 'unknown-stage', severity: 'warning', message, hint: `did you mean ${meant}?` });
  }
  return { kind: 'image', image: name };
}
