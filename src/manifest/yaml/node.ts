/**
 * A YAML document as a graph: an alias is the very node that it names, so that every value keeps
 * the place where it is written. Offsets are UTF-16 units of the text.
 */
export type YamlNode = YamlScalar | YamlSequence | YamlMapping;

interface NodeBase {
  readonly offset: number;
  /** The plain JavaScript value; mappings have no prototype, and aliased values are shared. */
  readonly value: unknown;
  /** How many nodes it has when every alias in it is written out. */
  readonly size: number;
  /** How many levels of nodes it has. */
  readonly depth: number;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  /** The text without quotes and escapes. */
  readonly text: string;
  /** Neither quoted, nor tagged, nor a block. */
  readonly plain: boolean;
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  readonly entries: ReadonlyMap<string, YamlEntry>;
}

export interface YamlEntry {
  /** Where the key is written. */
  readonly offset: number;
  readonly node: YamlNode;
}

/** What is wrong with the text as YAML. */
export interface YamlProblem {
  readonly code: 'invalid-yaml' | 'duplicate-key';
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}
