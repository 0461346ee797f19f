/** A value, or why there is none that pkgr could know. */
export type Outcome = { readonly kind: 'value'; readonly value: unknown } | Unknown;

export interface Unknown {
  readonly kind: 'unknown';
  /** What is in the way, after "cannot be resolved: ". */
  readonly why: string;
  readonly hint: string;
  /** The variable that could not be resolved, as written; absent until it is known. */
  readonly text?: string;
  /** It is so only where it was asked for, as in a circle of references. */
  readonly isOfContext?: true;
}

export function resolved(value: unknown): Outcome {
  return { kind: 'value', value };
}

export function unknown(why: string, hint: string): Unknown {
  return { kind: 'unknown', why, hint };
}

/** A source that has no such value: the next one is asked. */
export const nothing: Outcome = resolved(null);
