import { createRequire } from 'node:module';
import type * as DockerfileAst from 'dockerfile-ast';
import type { Copy, From, Instruction, Run } from 'dockerfile-ast';
import { flagsOf } from './flags.js';
import type { LogicalLine } from './logical-lines.js';

let loaded: typeof DockerfileAst | undefined;

/** The parser, loaded with the first Dockerfile: few projects have one, and loading takes 20 ms. */
function ast(): typeof DockerfileAst {
  loaded ??= createRequire(import.meta.url)('dockerfile-ast') as typeof DockerfileAst;
  return loaded;
}

/** A part of an instruction's text that names a stage or an image; offsets in the line's text. */
export interface WrittenReference {
  readonly by: 'copy' | 'mount';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** A place in an instruction's text at which it can be told where its files are; offset in the line's text. */
export interface ContextPlace {
  /** `unknown` when it may have another source, which Docker alone knows. */
  readonly by: 'copy' | 'mount' | 'unknown';
  readonly at: number;
}

/** What is told by the flags of a COPY or RUN. */
export interface FlagReading {
  readonly references: readonly WrittenReference[];
  /** Where it takes files of the build context. */
  readonly places: readonly ContextPlace[];
  readonly usesSsh: boolean;
}

/** A FROM in its parts, as they are written. */
export interface WrittenFrom {
  readonly image: string;
  readonly name?: string;
  readonly platform?: string;
}

/** The parts of a FROM; undefined when it is none that Docker takes. */
export function readFrom(line: LogicalLine): WrittenFrom | undefined {
  const from = parse(line.text);
  if (!(from instanceof ast().From) || !flagsAgree(line.text, from)) return undefined;
  const words = from.getArguments().map((word) => word.getValue());
  const flags = from.getFlags();
  const [image, , name] = words;
  if (image === undefined || flags.some((flag) => flag.getName() !== 'platform')) return undefined;
  if (words.length !== 1 && (words.length !== 3 || from.getBuildStage() === null)) return undefined;
  const platform = flags[0]?.getValue();
  return { image, ...(name && { name }), ...(platform && { platform }) };
}

/**
 * What the flags of a COPY or RUN, also behind ONBUILD, refer to; undefined when they are written so
 * that Docker may read them in another way.
 */
export function readFlags(line: LogicalLine): FlagReading | undefined {
  const parsed = parse(line.text);
  const { Copy, Onbuild, Run } = ast();
  const instruction = parsed instanceof Onbuild ? parsed.getTriggerInstruction() : parsed;
  const references: WrittenReference[] = [];
  let usesSsh = false;
  if (!(instruction instanceof Copy || instruction instanceof Run)) {
    return { references, usesSsh, places: [] };
  }
  const start = instruction.getRange().start.character;
  if (!flagsAgree(line.text.slice(start), instruction)) return undefined;
  for (const flag of instruction.getFlags()) {
    const isMount = flag.getName() === 'mount';
    const parts = isMount ? flag.getOptions() : [flag];
    for (const part of parts) {
      const key = part.getName().toLowerCase();
      const name = part.getValue();
      const range = part.getValueRange();
      if (isMount && key === 'type' && name?.toLowerCase() === 'ssh') usesSsh = true;
      if (key !== 'from' || !name || range === null) continue;
      const [from, to] = [range.start.character, range.end.character];
      if (line.text.slice(from, to) !== name) return undefined;
      references.push({ by: isMount ? 'mount' : 'copy', name, start: from, end: to });
    }
  }
  const places = instruction instanceof Copy ? copyPlace(instruction) : mountPlaces(instruction);
  return { references, usesSsh, places };
}

function copyPlace(copy: Copy): readonly ContextPlace[] {
  const at = copy.getRange().start.character + 'COPY'.length;
  const from = copy.getFlags().find((flag) => flag.getName() === 'from');
  if (from === undefined) return [{ by: 'copy', at }];
  return from.getValue() ? [] : [{ by: 'unknown', at }];
}

function mountPlaces(run: Run): readonly ContextPlace[] {
  return run.getFlags().flatMap((flag): readonly ContextPlace[] => {
    if (flag.getName() !== 'mount') return [];
    const option = (key: string) =>
      flag.getOptions().find((part) => part.getName().toLowerCase() === key);
    const type = option('type')?.getValue() ?? 'bind';
    const from = option('from');
    const at = flag.getRange().end.character;
    if (type.includes('$') || (from !== undefined && !from.getValue()))
      return [{ by: 'unknown', at }];
    return type.toLowerCase() === 'bind' && from === undefined ? [{ by: 'mount', at }] : [];
  });
}

/** The parser is given single lines only: how lines belong together is for LogicalLine to say. */
function parse(text: string): Instruction | undefined {
  const [instruction, ...others] = ast().DockerfileParser.parse(text).getInstructions();
  return others.length === 0 ? instruction : undefined;
}

/** Whether the flags are the ones that Docker sees, and free of quotes where names are looked for. */
function flagsAgree(text: string, instruction: From | Copy | Run): boolean {
  const args = /^[^\t ]*(.*)$/su.exec(text)?.[1] ?? '';
  const expected = flagsOf(args)?.texts;
  const found = instruction.getFlags().map((flag) => flag.toString());
  if (expected?.join(' ') !== found.join(' ')) return false;
  return !expected.some((flag) => /^--(from|mount|platform)=.*["']/i.test(flag));
}
