import { flagsOf } from './flags.js';
import type { LogicalLine } from './logical-lines.js';

/** Instructions that take files of the build context, also behind ONBUILD. */
const takesFiles = /^(ONBUILD[\t ]\s*)?(ADD|COPY)(?=[\t ])/i;

/**
 * Whether an ADD takes files of the build context; it cannot be told to take them from another one,
 * as COPY can. What is fetched from elsewhere and what is written in place needs none.
 * @see https://docs.docker.com/reference/dockerfile/#add
 */
export function addsFiles(line: LogicalLine): boolean {
  const [found = '', , keyword] = takesFiles.exec(line.text) ?? [];
  if (keyword?.toUpperCase() !== 'ADD') return false;
  const sources = wordsOf(line.text.slice(found.length)).slice(0, -1);
  return sources.some((source) => !/^["']?(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|<<)/i.test(source));
}

/** Whether everything that a COPY copies is written in place. */
export function copiesOnlyText(line: LogicalLine): boolean {
  const [found = ''] = takesFiles.exec(line.text) ?? [];
  const sources = wordsOf(line.text.slice(found.length)).slice(0, -1);
  return sources.length > 0 && sources.every((source) => source.startsWith('<<'));
}

/** The arguments behind the flags: those of a JSON list, or words. */
function wordsOf(args: string): readonly string[] {
  const text = args.slice(flagsOf(args)?.end ?? 0).trim();
  const list = text.startsWith('[') ? listIn(text) : undefined;
  return list ?? text.split(/\s+/);
}

function listIn(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.map(String) : undefined;
  } catch {
    return undefined;
  }
}
