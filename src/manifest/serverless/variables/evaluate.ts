import { VariableSyntaxError } from './cursor.js';
import type { ReadVariableFile } from './files.js';
import type { VariableInputs } from './inputs.js';
import { nothing, type Outcome, resolved, type Unknown, unknown } from './outcome.js';
import { parseTemplate } from './parse.js';
import type { Context, PropertyPath } from './resolve.js';
import { type Asked, absent, isRecord, type SourceWorld, valueOfSource } from './sources.js';
import type { Delimiters, Literal, Template, Variable, VariableSource } from './template.js';

/** What evaluating a text needs to know. */
export interface Evaluation {
  readonly delimiters: Delimiters;
  readonly inputs: VariableInputs;
  readonly readFile: ReadVariableFile;
  readonly property: (path: PropertyPath, context: Context) => Outcome;
  readonly keys: (path: PropertyPath) => readonly string[];
  /** A value from outside the file, which may have variables of its own. */
  readonly again: (value: unknown, context: Context) => Outcome;
}

/** A text that variables have grown to; a line of YAML can double it. */
const maxText = 64 * 1024;

/** Evaluates a text: a single variable as what it stands for, several parts as text. */
export function evaluator(evaluation: Evaluation): (text: string, context: Context) => Outcome {
  const { delimiters, inputs, readFile, again } = evaluation;

  const worldIn = (context: Context): SourceWorld => ({
    inputs,
    readFile,
    property: (path) => evaluation.property(path, context),
    keys: evaluation.keys,
  });

  const joined = (template: Template, context: Context): Outcome => {
    const [only] = template;
    if (template.length === 1 && typeof only === 'object') return ofVariable(only, context);
    let text = '';
    for (const part of template) {
      const outcome = typeof part === 'string' ? resolved(part) : ofVariable(part, context);
      if (outcome.kind === 'unknown') return outcome;
      const { value } = outcome;
      if (isRecord(value) || value === null || value === undefined) {
        return { ...notText(value), ...(typeof part === 'object' && { text: part.text }) };
      }
      text += String(value);
      if (text.length > maxText) return unknown('it grows without end', 'write some of it out');
    }
    return resolved(text);
  };

  const ofVariable = (variable: Variable, context: Context): Outcome => {
    const outcome = firstValue(variable, context);
    return outcome.kind === 'unknown' ? namedAfter(variable, outcome) : outcome;
  };

  const firstValue = ({ sources }: Variable, context: Context): Outcome => {
    let last: Asked | undefined;
    for (const source of sources) {
      if (source.kind === 'source') {
        const asked = askedOf(source, context);
        if ('kind' in asked) return asked;
        last = asked;
        const outcome = ofSource(asked, context);
        if (outcome.kind === 'unknown' || !isNothing(outcome.value)) return outcome;
        continue;
      }
      const outcome =
        source.kind === 'literal' ? resolved(source.value) : joined(source.template, context);
      if (outcome.kind === 'unknown' || !isNothing(outcome.value)) return outcome;
      if (source === sources.at(-1)) return outcome;
    }
    return last === undefined ? nothing : absent(last, worldIn(context));
  };

  const askedOf = (
    { type, params = [], address }: VariableSource & { readonly kind: 'source' },
    context: Context,
  ): Asked | Unknown => {
    const values: unknown[] = [];
    for (const param of params) {
      const outcome = ofParam(param, context);
      if (outcome.kind === 'unknown') return outcome;
      values.push(outcome.value);
    }
    const outcome = ofParam(address ?? null, context);
    if (outcome.kind === 'unknown') return outcome;
    const { value } = outcome;
    return { type, params: values, address: isNothing(value) ? undefined : String(value) };
  };

  const ofParam = (param: Literal | Template, context: Context): Outcome =>
    typeof param === 'object' && param !== null ? joined(param, context) : resolved(param);

  const ofSource = (asked: Asked, context: Context): Outcome => {
    const outcome = valueOfSource(asked, worldIn(context));
    // A property has been resolved where it stands; what comes from outside may hold variables.
    if (outcome.kind === 'unknown' || asked.type === 'self' || asked.type === 'param') {
      return outcome;
    }
    return again(outcome.value, context);
  };

  return (text, context) => {
    try {
      return joined(parseTemplate(text, delimiters), context);
    } catch (error) {
      if (!(error instanceof VariableSyntaxError)) throw error;
      const { open } = delimiters;
      return unknown(error.message, `correct it, or write \\${open} for the signs themselves`);
    }
  };
}

function isNothing(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function notText(value: unknown): Unknown {
  const what = Array.isArray(value) ? 'a list' : isNothing(value) ? 'nothing' : 'a mapping';
  return unknown(`it stands for ${what} inside a text`, 'name a single value');
}

/** Says which variable it is about, and which one is to blame when they are not the same. */
function namedAfter({ text }: Variable, outcome: Unknown): Unknown {
  if (outcome.text === undefined || outcome.text === text) return { ...outcome, text };
  const isNamed = outcome.why.startsWith('it leads to ');
  const why = isNamed ? outcome.why : `it leads to ${outcome.text}: ${outcome.why}`;
  return { ...outcome, text, why };
}
