import { EVENT_ID, type Event } from 'js-yaml';
import { createAnchors } from './anchors.js';
import { intrinsicFunction } from './intrinsic-tags.js';
import { buildMapping, type WrittenPair } from './mapping.js';
import type { YamlNode, YamlProblem, YamlSequence } from './node.js';
import { readScalar, tagOf, unknownTag } from './scalar.js';

interface Frame {
  readonly kind: 'document' | 'sequence' | 'mapping';
  readonly offset: number;
  readonly anchor: string | undefined;
  readonly items: YamlNode[];
  readonly pairs: WrittenPair[];
  /** What its tag makes of it. */
  readonly wrap: ReturnType<typeof intrinsicFunction>;
  /** The key whose value comes next; `node` is not a scalar when the key is refused. */
  key: { readonly node: YamlNode; readonly offset: number } | undefined;
}

export interface Composed {
  /** The first document's root; undefined when the text has no document. */
  readonly root: YamlNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/**
 * Builds the graph of nodes of the first document. It goes on after a problem, so that all of
 * them are found.
 * @param events js-yaml's parse of the text
 * @param lineOf the line of an offset, for messages that name a second place
 * @param hasIntrinsics whether tags such as !Ref are CloudFormation's
 */
export function compose(
  source: string,
  events: readonly Event[],
  lineOf: (offset: number) => number,
  hasIntrinsics: boolean,
): Composed {
  const problems: YamlProblem[] = [];
  const report = (problem: YamlProblem) => void problems.push(problem);
  const anchors = createAnchors(report);
  const stack: Frame[] = [];
  let root: YamlNode | undefined;
  let end = 0;

  const add = (node: YamlNode, offset: number) => {
    const frame = stack.at(-1);
    if (frame === undefined || frame.kind === 'document') root = node;
    else if (frame.kind === 'sequence') frame.items.push(node);
    else if (frame.key === undefined) {
      frame.key = { node, offset };
      if (node.kind !== 'scalar') report(keyIsNoText(offset));
    } else {
      const { node: key, offset: keyOffset } = frame.key;
      if (key.kind === 'scalar') frame.pairs.push({ key, offset: keyOffset, value: node });
      frame.key = undefined;
    }
  };
  const intrinsic = (tag: string | undefined) =>
    hasIntrinsics && tag !== undefined ? intrinsicFunction(tag) : undefined;
  const open = (
    kind: Frame['kind'],
    offset: number,
    anchor: string | undefined,
    wrap?: Frame['wrap'],
  ) => {
    stack.push({ kind, offset, anchor, items: [], pairs: [], wrap, key: undefined });
    end = Math.max(end, offset);
    if (anchor !== undefined) anchors.open(anchor);
  };

  for (const event of events) {
    if (event.type === EVENT_ID.DOCUMENT) {
      if (root !== undefined) {
        report(secondDocument(source, end));
        break;
      }
      open('document', end, undefined);
    } else if (event.type === EVENT_ID.SEQUENCE || event.type === EVENT_ID.MAPPING) {
      const kind = event.type === EVENT_ID.SEQUENCE ? 'sequence' : 'mapping';
      const tag = tagOf(source, event);
      const standard = `tag:yaml.org,2002:${kind === 'sequence' ? 'seq' : 'map'}`;
      const wrap = intrinsic(tag);
      if (tag !== undefined && tag !== '!' && tag !== standard && wrap === undefined) {
        report(unknownTag(tag, event.tagStart));
      }
      open(kind, event.start, anchorOf(source, event), wrap);
    } else if (event.type === EVENT_ID.SCALAR) {
      const own = [event.valueStart, event.tagStart, event.anchorStart].find((at) => at >= 0);
      const offset = own ?? stack.at(-1)?.key?.offset ?? end;
      const wrap = intrinsic(tagOf(source, event));
      const scalar = readScalar(source, event, offset, report, wrap !== undefined);
      const node = wrap === undefined ? scalar : wrap(scalar);
      const anchor = anchorOf(source, event);
      if (anchor !== undefined) anchors.set(anchor, node);
      end = Math.max(end, event.valueEnd, offset);
      add(node, offset);
    } else if (event.type === EVENT_ID.ALIAS) {
      const offset = event.anchorStart - 1;
      end = Math.max(end, event.anchorEnd);
      add(anchors.resolve(source.slice(event.anchorStart, event.anchorEnd), offset), offset);
    } else {
      const frame = stack.pop();
      if (frame === undefined || frame.kind === 'document') continue;
      const { offset, anchor, items, pairs } = frame;
      const built =
        frame.kind === 'sequence'
          ? sequenceOf(offset, items)
          : buildMapping(offset, pairs, { report, lineOf });
      const node = anchors.limitDepth(frame.wrap === undefined ? built : frame.wrap(built));
      if (anchor !== undefined) anchors.set(anchor, node);
      add(node, offset);
    }
  }
  return { root, problems };
}

function sequenceOf(offset: number, items: readonly YamlNode[]): YamlSequence {
  let size = 1;
  let depth = 1;
  for (const item of items) {
    size += item.size;
    depth = Math.max(depth, item.depth + 1);
  }
  const value = items.map((item) => item.value);
  return { kind: 'sequence', offset, value, size, depth, items };
}

function anchorOf(
  source: string,
  event: { readonly anchorStart: number; readonly anchorEnd: number },
): string | undefined {
  return event.anchorStart < 0 ? undefined : source.slice(event.anchorStart, event.anchorEnd);
}

function keyIsNoText(offset: number): YamlProblem {
  return {
    code: 'invalid-yaml',
    offset,
    message: 'a list or a mapping cannot be a key',
    hint: 'write the key as plain text',
  };
}

function secondDocument(source: string, end: number): YamlProblem {
  const marker = /^---(?=\s|$)/m.exec(source.slice(end));
  return {
    code: 'invalid-yaml',
    offset: end + (marker?.index ?? 0),
    message: 'a second YAML document begins here, and a manifest is a single one',
    hint: 'remove the line --- and what does not belong to the manifest',
  };
}
