import type * as z from 'zod';
import type { DocumentPath } from '../source.js';

/** One thing the schema refuses, with the innermost place that is to blame. */
export type Refusal =
  | { readonly kind: 'unknown-key'; readonly path: DocumentPath; readonly key: string }
  | {
      readonly kind: 'wrong-type' | 'not-a-choice' | 'not-allowed' | 'bad-key';
      readonly path: DocumentPath;
      /** What is taken, or what is wrong; see values.ts. */
      readonly text: string;
      readonly hint: string;
      /** What could be written instead, where that is a list. */
      readonly choices?: readonly string[];
    };

/**
 * The issues of one check, flattened. Where several forms are allowed zod lists the issues of each
 * of them; only those of the form that was meant are of use.
 */
export function refusalsOf(
  issues: readonly z.core.$ZodIssue[],
  prefix: DocumentPath = [],
): readonly Refusal[] {
  return issues.flatMap((issue): readonly Refusal[] => {
    const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const path = [...prefix, ...steps];
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({ kind: 'unknown-key', path, key }));
      case 'invalid_union': {
        const meant = issue.errors.find((form) => !form.some(isOfAnotherType));
        if (meant !== undefined) return refusalsOf(meant, path);
        return [{ kind: 'wrong-type', path, ...textOf(issue.message) }];
      }
      case 'invalid_key':
        return [{ kind: 'bad-key', path, ...textOf(issue.issues[0]?.message ?? issue.message) }];
      case 'invalid_type':
        return [{ kind: 'wrong-type', path, ...textOf(issue.message) }];
      case 'invalid_value':
        return [
          {
            kind: 'not-a-choice',
            path,
            ...textOf(issue.message),
            choices: issue.values.map(String),
          },
        ];
      default:
        return [{ kind: 'not-allowed', path, ...textOf(issue.message) }];
    }
  });
}

/** The value itself, not something in it, is of a type that this form does not take. */
function isOfAnotherType(issue: z.core.$ZodIssue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_type') return true;
  return issue.code === 'invalid_union' && issue.errors.every((form) => form.some(isOfAnotherType));
}

function textOf(message: string): { readonly text: string; readonly hint: string } {
  const [text = '', hint = ''] = message.split('\n');
  return { text, hint };
}
