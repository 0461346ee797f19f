import { StringDecoder } from 'node:string_decoder';
import { readSolveEvent, type SolveEvent } from './solve-event.js';

/** A message of the engine, or a line of anything else that came with it. */
export type RawJsonItem =
  | { readonly kind: 'event'; readonly event: SolveEvent }
  | { readonly kind: 'text'; readonly line: string };

/** Reads what `--progress=rawjson` prints, however it is cut. */
export interface RawJsonParser {
  /** Everything that these bytes complete. */
  push(chunk: Uint8Array): readonly RawJsonItem[];
  /** Everything that is left when no more comes. */
  end(): readonly RawJsonItem[];
}

/** Characters of one message or line that are kept; BuildKit's own limit for a log is 2 MiB. */
const LIMIT = 32 * 1024 * 1024;

/**
 * A parser for both shapes: buildx 0.13 prints an indented object over several lines, 0.14 and
 * later one object a line. Both are told apart by whole lines, since JSON has no bare newline
 * inside a string and an indented object begins and ends in the first column. At most one message
 * is held; what is longer than the limit is dropped.
 */
export function createRawJsonParser(limit = LIMIT): RawJsonParser {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let tooLong = false;
  let opened: string[] | undefined;
  let openedLength = 0;

  function take(text: string, items: RawJsonItem[]): void {
    let from = 0;
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
      line += text.slice(from, at);
      from = at + 1;
      if (!tooLong) endLine(line, items);
      line = '';
      tooLong = false;
    }
    if (tooLong) return;
    line += text.slice(from);
    if (line.length > limit) {
      line = '';
      tooLong = true;
    }
  }

  function endLine(whole: string, items: RawJsonItem[]): void {
    const end = whole.endsWith('\r') ? whole.slice(0, -1) : whole;
    if (end === '{') {
      giveUp(items);
      opened = [end];
      openedLength = end.length;
    } else if (opened === undefined) {
      items.push(readLine(end));
    } else {
      opened.push(end);
      openedLength += end.length;
      if (end === '}') close(items);
      else if (openedLength > limit) opened = undefined;
      else if (!end.startsWith(' ')) giveUp(items);
    }
  }

  function close(items: RawJsonItem[]): void {
    const item = readLine(opened?.join('\n') ?? '');
    if (item.kind === 'event') {
      opened = undefined;
      items.push(item);
    } else {
      giveUp(items);
    }
  }

  /** What looked like an object was text. */
  function giveUp(items: RawJsonItem[]): void {
    for (const text of opened ?? []) items.push({ kind: 'text', line: text });
    opened = undefined;
  }

  return {
    push(chunk) {
      const items: RawJsonItem[] = [];
      take(decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)), items);
      return items;
    },
    end() {
      const items: RawJsonItem[] = [];
      take(decoder.end(), items);
      if (line !== '' && !tooLong) endLine(line, items);
      giveUp(items);
      return items;
    },
  };
}

function readLine(text: string): RawJsonItem {
  const event = text.startsWith('{') ? readSolveEvent(parseJson(text)) : undefined;
  return event === undefined ? { kind: 'text', line: text } : { kind: 'event', event };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
