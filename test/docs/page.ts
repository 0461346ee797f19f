import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A page of docs/, to be held to what really happens. */
export interface Page {
  readonly text: string;
  /** The code block below `<!-- real output: NAME -->`. */
  output(name: string): string;
  /** All code blocks of a language, without a first line that is a comment with a file's name. */
  blocks(language: string): readonly { readonly file?: string; readonly text: string }[];
}

export function readPage(name: string): Page {
  const text = readFileSync(join(import.meta.dirname, '../../docs', name), 'utf8');
  return {
    text,
    output(title) {
      const behind = text.split(`<!-- real output: ${title} -->\n`)[1] ?? '';
      const found = /^```\w+\n(.*?)\n```/s.exec(behind)?.[1];
      if (found === undefined) throw new Error(`${name} has no output ${title}`);
      return found;
    },
    blocks(language) {
      const fences = text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'));
      return [...fences].map(([, block = '']) => {
        const [, file, rest] = /^# ([\w./-]+)\n(.*)$/s.exec(block) ?? [];
        return file === undefined ? { text: block } : { file, text: rest ?? '' };
      });
    },
  };
}

/** Without numbers, which another day's versions, sizes and times change. */
export function withoutNumbers(text: string): string {
  return text.replace(/\d+(?:[.:+~-]\w+)*(?:\+\w+)*/g, '#');
}

/**
 * Whether the lines of a block are in an output, in their order and without others between them;
 * a line `...` stands for any that are left out.
 */
export function isFrom(block: string, output: string): boolean {
  let rest = `\n${withoutNumbers(output)}\n`;
  for (const part of withoutNumbers(block).split(/^\.\.\.$/m)) {
    const lines = `\n${part.replace(/^\n|\n$/g, '')}\n`;
    const at = rest.indexOf(lines);
    if (at < 0) return false;
    rest = rest.slice(at + lines.length - 1);
  }
  return true;
}
