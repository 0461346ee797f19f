import type { YamlNode } from './node.js';

/**
 * CloudFormation's functions that have a short form, `!Ref name` for `{Ref: name}`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
const functions = new Set([
  ...['And', 'Base64', 'Cidr', 'Condition', 'Contains', 'EachMemberEquals', 'EachMemberIn'],
  ...[
    'Equals',
    'FindInMap',
    'GetAtt',
    'GetAZs',
    'If',
    'ImportValue',
    'Join',
    'Length',
    'Not',
    'Or',
  ],
  ...[
    'Ref',
    'RefAll',
    'Select',
    'Split',
    'Sub',
    'ToJsonString',
    'Transform',
    'ValueOf',
    'ValueOfAll',
  ],
]);

/** What a node with this tag stands for; undefined for a tag that is no function's. */
export function intrinsicFunction(tag: string): ((node: YamlNode) => YamlNode) | undefined {
  const name = tag.slice(1);
  if (!tag.startsWith('!') || !functions.has(name)) return undefined;
  const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`;
  return (node) => wrapped(key, name === 'GetAtt' ? attribute(node) : textOf(node));
}

/** Whatever it looks like, what stands behind such a tag is text. */
function textOf(node: YamlNode): YamlNode {
  return node.kind === 'scalar' ? { ...node, value: node.text } : node;
}

/** `!GetAtt thing.part.of` for `[thing, part.of]`. */
function attribute(node: YamlNode): YamlNode {
  if (node.kind !== 'scalar') return node;
  const [thing = '', ...parts] = node.text.split('.');
  const items = [thing, parts.join('.')].map((text): YamlNode => ({ ...node, text, value: text }));
  const value = items.map((item) => item.value);
  return { kind: 'sequence', offset: node.offset, value, size: 3, depth: 2, items };
}

function wrapped(key: string, node: YamlNode): YamlNode {
  const value: Record<string, unknown> = Object.create(null);
  value[key] = node.value;
  const { offset } = node;
  const entries = new Map([[key, { offset, node }]]);
  return { kind: 'mapping', offset, value, size: node.size + 1, depth: node.depth + 1, entries };
}
