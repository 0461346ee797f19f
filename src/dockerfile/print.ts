import dockerfileGenerator from 'dockerfile-generator';
import { groupBy } from '../plan/index.js';
import { BUILD_PLATFORM } from '../project/index.js';
import {
  AND,
  type From,
  type Instruction,
  type Mount,
  type Stage,
  type VerbatimPart,
} from './instruction.js';
import {
  commentText,
  copyArguments,
  environmentName,
  environmentValue,
  hereDocument,
  plainWord,
  shellWord,
} from './quote.js';

/** What dockerfile-generator is given for one instruction: a key of its schema and its value. */
type GeneratorEntry = readonly [key: string, value: unknown];

/**
 * One line of the file, or several joined by continuation: made here, or by dockerfile-generator.
 * docs/decisions/dockerfile-generator.md tells which instruction is whose.
 */
type Line =
  | { readonly by: 'pkgr'; readonly text: string }
  | { readonly by: 'generator'; readonly entry: GeneratorEntry; readonly behind: string };

/** The widest line of a command, in characters, before it is continued on the next line. */
const LINE_WIDTH = 100;

/**
 * The text of each stage. This is the only place that makes Dockerfile text, and every value passes
 * a quoting function on its way.
 * @throws RangeError when a value holds what no quoting can carry, such as a newline.
 */
export async function printStages(stages: readonly Stage[]): Promise<ReadonlyMap<Stage, string>> {
  const lines = new Map(stages.map((stage) => [stage, stageLines(stage)]));
  const generated = await generate([...lines.values()].flat());
  const text = (line: Line) =>
    line.by === 'pkgr' ? line.text : (generated.get(line) ?? '') + line.behind;
  return new Map([...lines].map(([stage, own]) => [stage, own.map(text).join('\n')]));
}

/** A comment line of the file. */
export function printComment(text: string): string {
  return `# ${commentText(text)}`.trimEnd();
}

/** Every line that is dockerfile-generator's, printed in one call and once: an instruction a line. */
async function generate(lines: readonly Line[]): Promise<Map<Line, string>> {
  type Generated = Line & { readonly by: 'generator' };
  const generated = lines.filter((line): line is Generated => line.by === 'generator');
  const asked = [...groupBy(generated, ({ entry }) => JSON.stringify(entry)).values()];
  const input: Record<string, unknown> = {};
  // Keys are told apart by what follows a hyphen; the first, a FROM, must stand without.
  for (const [index, [line]] of asked.entries()) {
    const [key, value] = line.entry;
    input[index === 0 ? key : `${key}-${index}`] = value;
  }
  const printed = asked.length === 0 ? [] : (await dockerfileGenerator.generate(input)).split('\n');
  return new Map(
    asked.flatMap((same, index) => same.map((line) => [line, printed[index] ?? ''] as const)),
  );
}

function stageLines(stage: Stage): readonly Line[] {
  return [
    ...stage.comment.map((text): Line => ({ by: 'pkgr', text: printComment(text) })),
    from(stage.from, stage.name),
    ...stage.instructions.map(instructionLine),
  ];
}

function from(source: From, name: string): Line {
  // Thousands of stages start from a few images: without its name each line is asked for once.
  const alias = ` AS ${plainWord(name)}`;
  if (source.kind === 'scratch') return generatorLine('from', { baseImage: 'scratch' }, alias);
  if (source.kind === 'stage') {
    return generatorLine('from', { baseImage: plainWord(source.stage) }, alias);
  }
  // A bare name would be the stage of that name, if there is one.
  const image = /[/:@]/.test(source.image) ? source.image : `${source.image}:latest`;
  const platform =
    source.platform === BUILD_PLATFORM ? `$${BUILD_PLATFORM}` : plainWord(source.platform);
  const baseImage = `--platform=${platform} ${plainWord(image)}`;
  return generatorLine('from', { baseImage }, alias);
}

function instructionLine(instruction: Instruction): Line {
  switch (instruction.kind) {
    case 'user':
      return generatorLine('user', plainWord(instruction.name));
    case 'copy-stage': {
      const paths = { [plainWord(instruction.source)]: plainWord(instruction.to) };
      return generatorLine('copy', { from: plainWord(instruction.stage), ...paths });
    }
    case 'copy': {
      const { context, from, to } = instruction;
      const option = context === undefined ? '' : `--from=${plainWord(context)} `;
      return { by: 'pkgr', text: `COPY ${option}${copyArguments(from, to)}` };
    }
    case 'copy-text': {
      const { lines, to } = instruction;
      return { by: 'pkgr', text: `COPY ${hereDocument(lines, plainWord(to))}` };
    }
    case 'env': {
      const { name, value } = instruction;
      return { by: 'pkgr', text: `ENV ${environmentName(name)}=${environmentValue(value)}` };
    }
    case 'run':
      return { by: 'pkgr', text: run(instruction) };
    case 'shell':
      return generatorLine('shell', [plainWord(instruction.program), '-c']);
    case 'verbatim':
      return { by: 'pkgr', text: instruction.parts.map(verbatim).join('') };
  }
}

function verbatim(part: VerbatimPart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'stage':
      return plainWord(part.stage);
    case 'default':
      return `=${environmentValue(part.value)}`;
    case 'context':
      return `${part.by === 'copy' ? ' --from=' : ',from='}${plainWord(part.name)}`;
  }
}

function generatorLine(key: string, value: unknown, behind = ''): Line {
  return { by: 'generator', entry: [key, value], behind };
}

function run({
  network,
  mounts,
  words,
  afterwards = [],
}: Instruction & { readonly kind: 'run' }): string {
  const isolated = network === undefined ? [] : [`--network=${plainWord(network)}`];
  const seen = mounts.map((mount) => `--mount=${mountOptions(mount)}`);
  const next = afterwards.flatMap((command) => {
    const [first, ...others] = wrap(command);
    return [`&& ${first}`, ...others];
  });
  const parts = [...isolated, ...seen, ...wrap(words), ...next];
  return `RUN ${parts.join(' \\\n    ')}`;
}

function mountOptions(mount: Mount): string {
  switch (mount.kind) {
    case 'bind': {
      const source = mount.source === undefined ? '' : `,source=${plainWord(mount.source)}`;
      const from = `type=bind,from=${plainWord(mount.from)}${source}`;
      return `${from},target=${plainWord(mount.target)}${mount.writable ? ',rw' : ''}`;
    }
    case 'cache':
      return `type=cache,id=${plainWord(mount.id)},target=${plainWord(mount.target)}`;
    case 'tmpfs':
      // Without `from` BuildKit takes it for a part of the context, and asks for the whole project.
      return `type=tmpfs,from=scratch,target=${plainWord(mount.target)}`;
    case 'secret': {
      const target = mount.target === undefined ? '' : `,target=${plainWord(mount.target)}`;
      return `type=secret,id=${plainWord(mount.id)}${target}`;
    }
    case 'ssh':
      return 'type=ssh';
  }
}

/** The command's words, quoted, on as many lines as they need. */
function wrap(words: readonly string[]): readonly string[] {
  const lines: string[] = [];
  for (const word of words.map(shellWord)) {
    const last = lines.at(-1);
    const fits = last !== undefined && last.length + word.length < LINE_WIDTH;
    if (fits && word !== AND) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}
