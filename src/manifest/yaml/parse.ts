import { type Event, parseEvents, YAMLException } from 'js-yaml';
import { type Composed, compose } from './compose.js';
import type { YamlProblem } from './node.js';

/**
 * Reads a text as YAML 1.2 with merge keys. js-yaml's parser stops at the first error of syntax,
 * which is then the only problem; everything else is found together.
 * @param hasIntrinsics whether tags such as !Ref are read as CloudFormation's functions
 */
export function parseYaml(
  text: string,
  lineOf: (offset: number) => number,
  hasIntrinsics = false,
): Composed {
  let events: readonly Event[];
  try {
    events = parseEvents(text, {});
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return { root: undefined, problems: [syntaxProblem(error, text)] };
  }
  return compose(text, events, lineOf, hasIntrinsics);
}

function syntaxProblem(error: YAMLException, text: string): YamlProblem {
  const offset = Math.min(error.mark?.position ?? 0, text.length);
  const message = `this is not valid YAML: ${error.reason}`;
  return { code: 'invalid-yaml', offset, message, hint: syntaxHint(lineAround(text, offset)) };
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** The mistakes that people make most; YAML's own messages name none of them. */
function syntaxHint(line: string): string {
  if (/^ *\t/.test(line)) return 'indent with blanks: YAML allows no tabs there';
  if (/(^|[:,[-]) *[@`%]/.test(line)) return 'a value that begins with @, ` or % needs quotes';
  if (/: .*: /.test(line)) return 'a value with a colon and a blank in it needs quotes';
  return 'check the indentation, the quotes and the brackets up to this place';
}
