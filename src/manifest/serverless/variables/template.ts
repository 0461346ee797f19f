/**
 * A text of a serverless.yml as the framework reads it: plain text and variables in turn. A text
 * without a variable has at most one part.
 */
export type Template = readonly (string | Variable)[];

/** `${type(param, ...):address, fallback}`: the first of its sources that has a value counts. */
export interface Variable {
  /** As written. */
  readonly text: string;
  readonly sources: readonly VariableSource[];
}

export type VariableSource =
  | { readonly kind: 'literal'; readonly value: Literal }
  /** A variable in the place of a fallback, as versions 1 and 2 of the framework allowed. */
  | { readonly kind: 'nested'; readonly template: Template }
  | {
      readonly kind: 'source';
      readonly type: string;
      readonly params?: readonly (Literal | Template)[];
      readonly address?: string | Template;
    };

export type Literal = string | number | boolean | null;

/** What a variable begins and ends with. */
export interface Delimiters {
  readonly open: string;
  readonly close: string;
  /** Blanks may follow the beginning, as in version 1. */
  readonly allowsBlanks?: true;
}

export const standardDelimiters: Delimiters = { open: '${', close: '}' };

/** Whether a text can hold a variable at all. */
export function mayHoldVariable(text: string, { open }: Delimiters): boolean {
  return text.includes(open);
}
