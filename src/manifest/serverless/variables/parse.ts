import { type Cursor, createCursor, VariableSyntaxError } from './cursor.js';
import type { Delimiters, Literal, Template, Variable, VariableSource } from './template.js';

/** Variables in the address of a variable in the address of a variable... */
const maxDepth = 10;

/** Bytes of a single text; none that a person writes comes near. */
const maxLength = 64 * 1024;

/**
 * Reads a text by the grammar of the framework's version 3. What looks like a variable and is none,
 * such as `${AWS::Region}`, is plain text, and so is `\${`. It takes time in proportion to the text.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/variables
 * @throws VariableSyntaxError where the framework would refuse the text too
 */
export function parseTemplate(text: string, delimiters: Delimiters): Template {
  if (text.length > maxLength) throw new VariableSyntaxError('the text is too long', 0);
  const cursor = createCursor(text, delimiters);
  const parts: (string | Variable)[] = [];
  let literal = '';
  // In what looks like a variable and is none, a backslash is only a backslash.
  let foreign = 0;
  while (!cursor.isAtEnd()) {
    const escaped = foreign === 0 ? cursor.takeEscape() : undefined;
    if (escaped !== undefined) {
      literal += escaped;
      continue;
    }
    const isOpen = cursor.isAtOpen();
    const variable = isOpen ? takeVariable(cursor, 0) : undefined;
    if (variable === undefined) {
      if (isOpen) foreign += 1;
      else if (cursor.isAtClose() && foreign > 0) foreign -= 1;
      literal += cursor.takeCharacter();
    } else {
      // The framework takes `$${` for the beginning of a variable, too.
      if (delimiters.open === '${') literal = literal.replace(/(?<![\\$])\$+$/, '');
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push(variable);
    }
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** Undefined, with the cursor where it was, for what is no variable. */
function takeVariable(cursor: Cursor, depth: number): Variable | undefined {
  if (depth > maxDepth) throw cursor.error('variables are nested too deeply');
  const start = cursor.at();
  cursor.takeOpen();
  const first = takeFirstSource(cursor, depth);
  if (first === undefined) {
    if (depth > 0) throw cursor.error('a variable needs a source, such as self:');
    cursor.moveTo(start);
    return undefined;
  }
  const sources: VariableSource[] = [first];
  while (!cursor.takeClose()) {
    if (!cursor.take(',')) throw cursor.error('a variable is not closed, or goes on after its end');
    sources.push(takeNextSource(cursor, depth));
  }
  return { text: cursor.since(start), sources };
}

function takeFirstSource(cursor: Cursor, depth: number): VariableSource | undefined {
  const type = cursor.takeMatch(/[a-z][A-Za-z0-9.-]*/y);
  if (type === undefined) return undefined;
  if (cursor.take('(')) return takeParams(cursor, type, depth);
  if (!cursor.take(':')) return undefined;
  // `::` is CloudFormation's, as in AWS::Region.
  cursor.skipBlanks();
  return cursor.is(':') ? undefined : takeAddress(cursor, { kind: 'source', type }, depth);
}

function takeNextSource(cursor: Cursor, depth: number): VariableSource {
  cursor.skipBlanks();
  if (cursor.is('"') || cursor.is("'")) {
    return lastSource(cursor, takeString(cursor));
  }
  if (cursor.isAtOpen()) {
    const variable = takeVariable(cursor, depth + 1);
    cursor.skipBlanks();
    return { kind: 'nested', template: variable === undefined ? [] : [variable] };
  }
  const written = cursor.takeMatch(/[A-Za-z0-9.-][A-Za-z0-9. -]*/y);
  if (written === undefined) throw cursor.error('a fallback is missing, or is no text in quotes');
  if (cursor.is(':') || cursor.is('(')) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(written)) {
      throw cursor.error(`${JSON.stringify(written)} is no source of variables`);
    }
    if (cursor.take('(')) return takeParams(cursor, written, depth);
    cursor.take(':');
    cursor.skipBlanks();
    if (cursor.is(':')) throw cursor.error('an address cannot begin with a colon');
    return takeAddress(cursor, { kind: 'source', type: written }, depth);
  }
  const value = literalOf(written.trim());
  if (value === undefined) {
    throw cursor.error(`the fallback ${JSON.stringify(written.trim())} needs quotes`);
  }
  return lastSource(cursor, value);
}

/** A value always counts, so that nothing can come behind it. */
function lastSource(cursor: Cursor, value: Literal): VariableSource {
  if (!cursor.isAtClose()) throw cursor.error('a variable goes on after its last fallback');
  return { kind: 'literal', value };
}

type SourceOfType = VariableSource & { readonly kind: 'source' };

/** Behind the `(`, up to what comes after the address. */
function takeParams(cursor: Cursor, type: string, depth: number): VariableSource {
  const params: (Literal | Template)[] = [];
  cursor.skipBlanks();
  while (!cursor.take(')')) {
    if (cursor.take(',')) params.push(null);
    else {
      params.push(takeParam(cursor, depth));
      if (!cursor.is(')') && !cursor.take(',')) throw cursor.error('a ) is missing');
    }
    cursor.skipBlanks();
  }
  cursor.skipBlanks();
  const source: SourceOfType = { kind: 'source', type, params };
  if (!cursor.take(':')) return source;
  cursor.skipBlanks();
  if (cursor.is(':')) throw cursor.error('an address cannot begin with a colon');
  return takeAddress(cursor, source, depth);
}

function takeParam(cursor: Cursor, depth: number): Literal | Template {
  if (cursor.is('"') || cursor.is("'")) return takeString(cursor);
  const parts = takeUntil(cursor, [',', ')'], depth);
  const [only = ''] = parts;
  if (parts.length > 1 || typeof only !== 'string') return parts;
  return literalOf(only) ?? only;
}

/** Behind the `:` and its blanks. */
function takeAddress(cursor: Cursor, source: SourceOfType, depth: number): VariableSource {
  if (cursor.is(',') || cursor.isAtClose()) return source;
  if (cursor.is('"') || cursor.is("'")) return { ...source, address: takeString(cursor) };
  const parts = takeUntil(cursor, [','], depth);
  const [only = ''] = parts;
  const isText = parts.length <= 1 && typeof only === 'string';
  return { ...source, address: isText ? only : parts };
}

/** Text with variables in it up to one of the signs, or up to the end of the variable around it. */
function takeUntil(cursor: Cursor, ends: readonly string[], depth: number): Template {
  const parts: (string | Variable)[] = [];
  let literal = '';
  const isParam = ends.includes(')');
  while (!ends.some((end) => cursor.is(end)) && !(cursor.isAtClose() && !isParam)) {
    if (cursor.isAtEnd()) throw cursor.error('a variable is not closed');
    if (cursor.isAtClose()) throw cursor.error('a ) is missing');
    if (!cursor.isAtOpen()) {
      literal += cursor.takeCharacter();
      continue;
    }
    const variable = takeVariable(cursor, depth + 1);
    if (literal !== '') parts.push(literal);
    literal = '';
    if (variable !== undefined) parts.push(variable);
  }
  if (literal !== '') parts.push(literal);
  return trimmed(parts);
}

/** Without blanks at its ends. */
function trimmed(parts: readonly (string | Variable)[]): Template {
  const last = parts.length - 1;
  return parts.flatMap((part, index) => {
    if (typeof part !== 'string') return part;
    let text = part;
    if (index === 0) text = text.trimStart();
    if (index === last) text = text.trimEnd();
    return text === '' ? [] : text;
  });
}

function takeString(cursor: Cursor): string {
  const text = cursor.takeMatch(/'[^']*'|"(?:[^"\\]|\\[\s\S])*"/y);
  if (text === undefined) throw cursor.error('a quote is left open');
  cursor.skipBlanks();
  if (text.startsWith("'")) return text.slice(1, -1);
  const value = parsed(text);
  if (value === undefined) throw cursor.error(`${text} is no text as JSON has it`);
  return value;
}

function parsed(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function literalOf(text: string): Literal | undefined {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : undefined;
}
