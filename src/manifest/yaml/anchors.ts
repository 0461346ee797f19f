import { nearest } from '../../diagnostics/index.js';
import type { YamlNode, YamlProblem, YamlScalar } from './node.js';

/** How many nodes aliases may add to a document, so that a few lines cannot fill the memory. */
const maxAliasedNodes = 500_000;
/** js-yaml's own limit for nesting, which does not see what aliases add to it. */
const maxDepth = 100;

/** The anchors (&name) that are known so far, and what their aliases (*name) stand for. */
export interface Anchors {
  /** The anchor's value begins: until `set` it cannot be used. */
  open(name: string): void;
  set(name: string, node: YamlNode): void;
  /** What an alias stands for; an empty scalar when that is refused, with a report. */
  resolve(name: string, offset: number): YamlNode;
  /** The node, or an empty scalar with a report when aliases nest it too deeply. */
  limitDepth(node: YamlNode): YamlNode;
}

export function createAnchors(report: (problem: YamlProblem) => void): Anchors {
  const nodes = new Map<string, YamlNode | 'open'>();
  let aliasedNodes = 0;
  let isTooMuch = false;

  const tooMuch = (offset: number, message: string): YamlNode => {
    const hint = 'aliases of aliases multiply: write this part out, or drop some of them';
    if (!isTooMuch) report({ code: 'invalid-yaml', offset, message, hint });
    isTooMuch = true;
    return emptyAt(offset);
  };

  return {
    open: (name) => void nodes.set(name, 'open'),
    set: (name, node) => void nodes.set(name, node),
    resolve(name, offset) {
      const node = nodes.get(name);
      if (node === undefined) {
        report(unknownAnchor(name, offset, nodes.keys()));
        return emptyAt(offset);
      }
      if (node === 'open') {
        const message = `*${name} stands inside the value that it names`;
        const hint = 'an alias can only repeat a value that ended before it';
        report({ code: 'invalid-yaml', offset, message, hint });
        return emptyAt(offset);
      }
      aliasedNodes += node.size;
      if (aliasedNodes <= maxAliasedNodes) return node;
      return tooMuch(offset, `the aliases stand for more than ${maxAliasedNodes} values`);
    },
    limitDepth(node) {
      if (node.depth <= maxDepth) return node;
      return tooMuch(node.offset, `the aliases nest values more than ${maxDepth} levels deep`);
    },
  };
}

function unknownAnchor(name: string, offset: number, known: Iterable<string>): YamlProblem {
  const meant = nearest(name, known);
  return {
    code: 'invalid-yaml',
    offset,
    message: `*${name} is read as a YAML alias, and nothing before it is named &${name}`,
    hint:
      meant === undefined
        ? `if the text itself is meant, write it in quotes: "*${name}"`
        : `did you mean *${meant}?`,
  };
}

function emptyAt(offset: number): YamlScalar {
  return { kind: 'scalar', offset, value: null, size: 1, depth: 1, text: '', plain: true };
}
