import { type Diagnostic, hasErrors } from '../../diagnostics/index.js';
import { editsOf, textBetween } from './body.js';
import { checkDirectives } from './directives.js';
import { fromOf, type ReadFrom } from './from.js';
import { argumentsOf, globalArguments, isArgument } from './global-arguments.js';
import { checkKeyword } from './keywords.js';
import { type LogicalLine, logicalLines } from './logical-lines.js';
import type { OwnBuild, OwnDockerfile, OwnStage, OwnText } from './own-dockerfile.js';
import { diagnosticOf, type Problem } from './report.js';

export interface DockerfileReading {
  /** Absent when there is an error among the diagnostics, or no stage of the target's name. */
  readonly dockerfile?: OwnDockerfile;
  /** Of all its stages, in order, in lower case. */
  readonly stageNames: readonly (string | undefined)[];
  /** Of all its ARGs, in whichever stage. */
  readonly argumentNames: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a user's Dockerfile so that its stages can be put into another one.
 * @param file its path below the project, for the diagnostics
 */
export function readDockerfile(file: string, source: string, build: OwnBuild): DockerfileReading {
  const problems: Problem[] = [];
  const report = (problem: Problem) => void problems.push(problem);
  const lines = linesOf(source, report);
  const stages = lines === undefined ? [] : stagesOf(source, lines, build, report);
  const diagnostics = problems.map((problem) => diagnosticOf(file, source, problem));
  const stageNames = stages.map(({ name }) => name);
  const declared = (lines ?? []).filter(isArgument).flatMap((line) => argumentsOf(line) ?? []);
  const argumentNames = declared.map(({ name }) => name);
  const facts = { stageNames, argumentNames, diagnostics };
  const target = build.target?.toLowerCase();
  const last = target === undefined ? stages.length - 1 : stageNames.indexOf(target);
  return hasErrors(diagnostics) || last < 0
    ? facts
    : { ...facts, dockerfile: assembled(stages.slice(0, last + 1)) };
}

/** The instructions, each judged by itself; undefined when they cannot be told apart. */
function linesOf(
  source: string,
  report: (problem: Problem) => void,
): readonly LogicalLine[] | undefined {
  // Editors show these as nothing, and engines disagree on whether they end a line or a word.
  const hidden = /(?![\t\n])[\p{Cc}\p{Cs}\ufeff](?<!\r(?=\n))/u.exec(source);
  if (hidden !== null) {
    const message = 'the Dockerfile has a control character';
    report({ offset: hidden.index, message, hint: 'remove it; line breaks are LF or CR LF' });
    return undefined;
  }
  checkDirectives(source, report);
  const lines = logicalLines(source, report);
  for (const line of lines ?? []) checkKeyword(line, report);
  return lines;
}

function stagesOf(
  source: string,
  lines: readonly LogicalLine[],
  build: OwnBuild,
  report: (problem: Problem) => void,
): readonly OwnStage[] {
  const [globals = [], ...stages] = blocksOf(lines);
  for (const { start, keyword } of globals.filter((line) => line.keyword !== 'ARG')) {
    const message = `${keyword} comes before the first FROM, where only ARG may`;
    report({ offset: start, message, hint: 'move it below the FROM of its stage' });
  }
  if (stages.length === 0) {
    const message = 'the Dockerfile has no FROM, and so no image';
    report({ offset: 0, message, hint: 'begin it with FROM and the image to build on' });
  }
  const declared = globals.filter((line) => line.keyword === 'ARG');
  const variables = globalArguments(declared, build, report);
  const froms: ReadFrom[] = [];
  for (const [line] of stages) {
    const earlier = froms.map(({ name }) => name);
    if (line !== undefined) froms.push(fromOf(line, earlier, variables, report));
  }
  const names = froms.map(({ name }) => name);
  return stages.map((block, stage): OwnStage => {
    const instructions = block.slice(1);
    const read = instructions.map((line) =>
      editsOf(line, { names, stage, variables, build }, report),
    );
    const { from = { kind: 'scratch' }, name } = froms[stage] ?? {};
    const end = block.at(-1)?.end ?? 0;
    const edits = read.flatMap((line) => line.edits);
    return {
      from,
      body: textBetween(source, bodyStart(source, block), end, edits).filter(isSome),
      usesSsh: read.some((line) => line.usesSsh),
      setsShell: instructions.some(({ keyword }) => keyword === 'SHELL'),
      ...(name && { name }),
    };
  });
}

function assembled(stages: readonly OwnStage[]): OwnDockerfile {
  const texts = stages.flatMap(({ body }) => body);
  const images = texts.flatMap((text) => (text.kind === 'image' ? [text.image] : []));
  return {
    stages,
    images: [...new Set(images)],
    usesSsh: stages.some((stage) => stage.usesSsh),
    setsShell: stages.some((stage) => stage.setsShell),
  };
}

/** The lines before the first FROM, and then those of each stage, its FROM first. */
function blocksOf(lines: readonly LogicalLine[]): readonly (readonly LogicalLine[])[] {
  const blocks: LogicalLine[][] = [[]];
  for (const line of lines) {
    if (line.keyword === 'FROM') blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks;
}

/** Behind the line of the FROM and the blank ones that follow it. */
function bodyStart(source: string, [from, first]: readonly LogicalLine[]): number {
  if (from === undefined || first === undefined) return from?.end ?? 0;
  const between = source.slice(from.end, first.start);
  return from.end + (/^\s*\n/.exec(between)?.[0].length ?? 0);
}

function isSome(text: OwnText): boolean {
  return text.kind !== 'text' || text.text !== '';
}
