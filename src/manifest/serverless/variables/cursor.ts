import type { Delimiters } from './template.js';

/** A text that the framework would refuse; `index` counts UTF-16 units of it. */
export class VariableSyntaxError extends Error {
  override readonly name = 'VariableSyntaxError';

  constructor(
    message: string,
    readonly index: number,
  ) {
    super(message);
  }
}

/** A place in a text that only moves on, except by `moveTo`. */
export interface Cursor {
  at(): number;
  moveTo(index: number): void;
  isAtEnd(): boolean;
  is(text: string): boolean;
  isAtOpen(): boolean;
  isAtClose(): boolean;
  take(text: string): boolean;
  takeOpen(): boolean;
  takeClose(): boolean;
  takeCharacter(): string;
  /** What a sticky expression matches here. */
  takeMatch(pattern: RegExp): string | undefined;
  /** Backslashes in front of a variable, as they are meant: of an odd number the last one makes it text. */
  takeEscape(): string | undefined;
  skipBlanks(): void;
  since(index: number): string;
  error(message: string): VariableSyntaxError;
}

export function createCursor(text: string, { open, close, allowsBlanks }: Delimiters): Cursor {
  let index = 0;
  const is = (part: string) => text.startsWith(part, index);
  const take = (part: string) => {
    const found = is(part);
    if (found) index += part.length;
    return found;
  };
  const match = (pattern: RegExp) => {
    pattern.lastIndex = index;
    return pattern.exec(text)?.[0];
  };
  return {
    at: () => index,
    moveTo(target) {
      index = target;
    },
    isAtEnd: () => index >= text.length,
    is,
    isAtOpen: () => is(open),
    isAtClose: () => is(close),
    take,
    takeOpen() {
      const found = take(open);
      if (found && allowsBlanks) while (text.charAt(index) === ' ') index += 1;
      return found;
    },
    takeClose: () => take(close),
    takeCharacter() {
      const character = text.charAt(index);
      index += 1;
      return character;
    },
    takeMatch(pattern) {
      const found = match(pattern);
      index += found?.length ?? 0;
      return found;
    },
    takeEscape() {
      const slashes = is('\\') ? (match(/\\+/y) ?? '') : '';
      if (slashes === '') return undefined;
      index += slashes.length;
      if (!is(open)) return slashes;
      const meant = '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 0) return meant;
      index += open.length;
      return meant + open;
    },
    skipBlanks() {
      while (text.charAt(index) === ' ') index += 1;
    },
    since: (start) => text.slice(start, index),
    error: (message) => new VariableSyntaxError(message, index),
  };
}
