import {
  CORE_SCHEMA,
  getScalarValue,
  NOT_RESOLVED,
  SCALAR_STYLE,
  type ScalarEvent,
  type ScalarTagDefinition,
} from 'js-yaml';
import type { YamlProblem, YamlScalar } from './node.js';

const scalarTags = CORE_SCHEMA.tags.filter(
  (tag): tag is ScalarTagDefinition => tag.nodeKind === 'scalar',
);
const implicitTags = scalarTags.filter((tag) => tag.implicit);
const standardPrefix = 'tag:yaml.org,2002:';

/**
 * The value of a scalar by YAML 1.2's core schema.
 * @param offset where to report it, since an empty scalar has no place of its own
 * @param isKnownTag somebody else makes of its tag what it means
 */
export function readScalar(
  source: string,
  event: ScalarEvent,
  offset: number,
  report: (problem: YamlProblem) => void,
  isKnownTag = false,
): YamlScalar {
  const text = scalarText(source, event, offset, report);
  const tag = tagOf(source, event);
  const plain = event.style === SCALAR_STYLE.PLAIN && tag === undefined;
  let value: unknown = text;
  if (plain) value = resolveWith(implicitTags.filter(mayStart(text)), text, false);
  else if (tag !== undefined && tag !== '!') {
    const named = scalarTags.filter(({ tagName }) => tagName === tag);
    value = resolveWith(named, text, true);
    if (named.length === 0 && !isKnownTag) report(unknownTag(tag, offset));
    else if (value === text && named[0]?.implicit === true) report(unfitTag(tag, text, offset));
  }
  return { kind: 'scalar', offset, value, size: 1, depth: 1, text, plain };
}

/** The full name of an event's tag: undefined without one, `!` for "plain text". */
export function tagOf(
  source: string,
  event: { readonly tagStart: number; readonly tagEnd: number },
): string | undefined {
  if (event.tagStart < 0) return undefined;
  const written = source.slice(event.tagStart, event.tagEnd);
  if (written.startsWith('!<')) return written.slice(2, -1);
  return written.startsWith('!!') ? standardPrefix + written.slice(2) : written;
}

/** A tag that says nothing to pkgr; in a pattern such as !keep.py it was not meant as one. */
export function unknownTag(tag: string, offset: number): YamlProblem {
  return {
    code: 'invalid-yaml',
    offset,
    message: `${tag} is read as a YAML tag, which pkgr does not know`,
    hint: `if the text itself is meant, write it in quotes: "${tag}"`,
  };
}

/** Most text begins with a character that no number and no other special value begins with. */
function mayStart(text: string): (tag: ScalarTagDefinition) => boolean {
  const first = text.charAt(0);
  return ({ implicitFirstChars }) => implicitFirstChars?.includes(first) ?? true;
}

function unfitTag(tag: string, text: string, offset: number): YamlProblem {
  const name = tag.slice(standardPrefix.length);
  return {
    code: 'invalid-yaml',
    offset,
    message: `${JSON.stringify(text)} is not what its tag !!${name} promises`,
    hint: `remove the tag !!${name}`,
  };
}

function scalarText(
  source: string,
  event: ScalarEvent,
  offset: number,
  report: (problem: YamlProblem) => void,
): string {
  if (event.valueStart < 0) return '';
  const text = getScalarValue(source, event);
  if (!/\p{Surrogate}/u.test(text)) return text;
  report({
    code: 'invalid-yaml',
    offset,
    message: 'this text has an escape that stands for no character',
    hint: 'use single quotes, in which a backslash is only a backslash',
  });
  return '';
}

function resolveWith(
  tags: readonly ScalarTagDefinition[],
  text: string,
  isExplicit: boolean,
): unknown {
  for (const tag of tags) {
    const value: unknown = tag.resolve(text, isExplicit, tag.tagName);
    if (value !== NOT_RESOLVED) return value;
  }
  return text;
}
