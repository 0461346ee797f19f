import { type Diagnostic, hasErrors } from '../../diagnostics/index.js';
import { editsOf, textBetween } from './body.js';
import { checkDirectives } from './directives.js';
import { fromOf, type ReadFrom } from './from.js';
import { globalArguments } from './global-arguments.js';
import { checkKeyword } from './keywords.js';
import { type LogicalLine, logicalLines } from './logical-lines.js';
import type { OwnDockerfile, OwnStage, OwnText } from './own-dockerfile.js';
import { diagnosticOf, type Problem } from './report.js';

export interface DockerfileReading {
  /** Absent when there is an error among the diagnostics. */
  readonly dockerfile?: OwnDockerfile;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a user's Dockerfile so that its stages can be put into another one.
 * @param file its path below the project, for the diagnostics
 * @param platform what its TARGETPLATFORM is, such as linux/amd64
 */
export function readDockerfile(file: string, source: string, platform: string): DockerfileReading {
  const problems: Problem[] = [];
  const report = (problem: Problem) => void problems.push(problem);
  const dockerfile = read(source, platform, report);
  const diagnostics = problems.map((problem) => diagnosticOf(file, source, problem));
  return hasErrors(diagnostics) || dockerfile === undefined
    ? { diagnostics }
    : { dockerfile, diagnostics };
}

function read(
  source: string,
  platform: string,
  report: (problem: Problem) => void,
): OwnDockerfile | undefined {
  // Editors show these as nothing, and engines disagree on whether they end a line or a word.
  const hidden = /(?![\t\n])[\p{Cc}\p{Cs}\ufeff](?<!\r(?=\n))/u.exec(source);
  if (hidden !== null) {
    const message = 'the Dockerfile has a control character';
    report({ offset: hidden.index, message, hint: 'remove it; line breaks are LF or CR LF' });
    return undefined;
  }
  checkDirectives(source, report);
  const lines = logicalLines(source, report);
  if (lines === undefined) return undefined;
  for (const line of lines) checkKeyword(line, report);
  const blocks = blocksOf(lines);
  const [globals = [], ...stages] = blocks;
  for (const { start, keyword } of globals.filter((line) => line.keyword !== 'ARG')) {
    const message = `${keyword} comes before the first FROM, where only ARG may`;
    report({ offset: start, message, hint: 'move it below the FROM of its stage' });
  }
  if (stages.length === 0) {
    const message = 'the Dockerfile has no FROM, and so no image';
    report({ offset: 0, message, hint: 'begin it with FROM and the image to build on' });
  }
  const variables = globalArguments(
    globals.filter((line) => line.keyword === 'ARG'),
    platform,
    report,
  );
  const froms: ReadFrom[] = [];
  for (const [line] of stages) {
    const earlier = froms.map(({ name }) => name);
    if (line !== undefined) froms.push(fromOf(line, earlier, variables, report));
  }
  const names = froms.map(({ name }) => name);
  let usesSsh = false;
  const own = stages.map((block, stage): OwnStage => {
    const edits = block.slice(1).flatMap((line) => {
      const found = editsOf(line, { names, stage, variables }, report);
      usesSsh ||= found.usesSsh;
      return found.edits;
    });
    const { from = { kind: 'scratch' }, name } = froms[stage] ?? {};
    const end = block.at(-1)?.end ?? 0;
    const body = textBetween(source, bodyStart(source, block), end, edits);
    return { from, body: body.filter(isSome), ...(name && { name }) };
  });
  const images = own.flatMap(({ body }) =>
    body.flatMap((text) => (text.kind === 'image' ? [text.image] : [])),
  );
  const setsShell = lines.some(({ keyword }) => keyword === 'SHELL');
  return { stages: own, images: [...new Set(images)], usesSsh, setsShell };
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
