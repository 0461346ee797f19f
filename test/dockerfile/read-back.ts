import { execFileSync } from 'node:child_process';
import { type Copy, DockerfileParser, type From, type Instruction, type Run } from 'dockerfile-ast';
import { expect } from 'vitest';

/** The instructions of a Dockerfile, as an independent parser sees them. */
export function instructionsOf(dockerfile: string): readonly Instruction[] {
  return DockerfileParser.parse(dockerfile).getInstructions();
}

/** What the file does, without the values: kinds of instructions, and names of stages. */
export function skeletonOf(dockerfile: string): readonly string[] {
  return instructionsOf(dockerfile).map((instruction) => {
    const keyword = instruction.getKeyword();
    if (keyword !== 'FROM') return keyword;
    return `FROM ... AS ${(instruction as From).getBuildStage()}`;
  });
}

/** Source and destination of a COPY, through the three layers in which BuildKit reads them. */
export function readCopy(instruction: Instruction): { from: string; to: string } {
  const text = withoutFlags(instruction as Copy);
  const parsed: unknown = JSON.parse(text);
  if (!Array.isArray(parsed) || parsed.length !== 2)
    throw new Error(`not a source and a place: ${text}`);
  const [from, to] = parsed.map((each) => expand(String(each)));
  return { from: readGlob(from ?? ''), to: to ?? '' };
}

/** Outside quotes a backslash takes the next character as it is; `$` and quotes would do more. */
function expand(text: string): string {
  expect(text.replace(/\\./gsu, '')).not.toMatch(/[$"'\\]/);
  return text.replace(/\\(.)/gsu, '$1');
}

/** A glob that can only match one path; it must not be one that matches several. */
function readGlob(glob: string): string {
  expect(glob).toMatch(/^\.\//);
  const plain = glob.slice(2).replace(/\[([^\]^])\]/gu, (_, member: string) => {
    expect(member).not.toMatch(/[*?]/);
    return `\0${member}`;
  });
  expect(plain.replace(/\0./gsu, 'x')).not.toMatch(/[*?[]|^!|(^|\/)\s|\s($|\/)/);
  return plain.replaceAll('\0', '');
}

/** The name and the value of an ENV with one double-quoted value. */
export function readEnvironment(instruction: Instruction): { name: string; value: string } {
  const match = /^(\w+)="((?:[^"\\$]|\\["\\$])*)"$/su.exec(
    instruction.getRawArgumentsContent() ?? '',
  );
  expect(match, 'one name with one quoted value').not.toBeNull();
  return { name: match?.[1] ?? '', value: (match?.[2] ?? '').replace(/\\(.)/gsu, '$1') };
}

/** Lines up to the mark that is announced, as BuildKit takes them, and the file they go to. */
export function readHereDocument(lines: readonly string[]) {
  const [, mark = '', to] = /^COPY <<'(\w+)' (\S+)$/.exec(lines[0] ?? '') ?? [];
  return {
    lines: lines.slice(1, lines.indexOf(mark)),
    to,
    after: lines.slice(lines.indexOf(mark) + 1),
  };
}

/** The options of `--mount=`, and the words that a shell makes of the command. */
export function readRun(instruction: Instruction): { mounts: string[]; words: readonly string[] } {
  const run = instruction as Run;
  expect(run.getHeredocs()).toEqual([]);
  const mounts = run.getFlags().map((flag) => `${flag.getName()}=${flag.getValue()}`);
  // Like Docker's parser: a backslash at the end of a line goes, and the line break with it.
  const command = withoutFlags(run).replace(/\\\n/g, '');
  const output = execFileSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  return { mounts, words: output.split('\0').slice(0, -1) };
}

function withoutFlags(instruction: Copy | Run): string {
  // Not the arguments, of which the parser drops all that stands before a later word with two dashes.
  return instruction.getTextContent().replace(/^\w+ (?:--\S+(?: \\\n\s*| ))*/, '');
}
