import { type Diagnostic, hasErrors, type Location } from '../diagnostics/index.js';
import { decodeManifest } from './decode.js';
import { positionsOf } from './position.js';
import type { YamlNode } from './yaml/node.js';
import { parseYaml } from './yaml/parse.js';

/** Keys and list indices that lead from the root of a document to a value. */
export type DocumentPath = readonly (string | number)[];

/** A value together with the place that gave it. */
export interface Located<T> {
  readonly value: T;
  readonly at: Location;
}

/** A manifest as it is written: its value and where each part of it stands. */
export interface SourceDocument {
  /** Path as the user would type it, relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  /** Plain data; mappings have no prototype, and null is an empty document. */
  readonly value: unknown;
  /**
   * Where the value at this path is written: for an alias or a merged key that is where the anchor
   * has it, because there it can be changed. A path that leads nowhere gives its last place.
   */
  locate(path: DocumentPath): Location;
  /** Where the last key of this path is written; of a list's item it is the item's place. */
  locateKey(path: DocumentPath): Location;
}

export interface ReadSource {
  /** Absent when the text is no single YAML document. */
  readonly document?: SourceDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a dialect's files have that YAML itself does not know. */
export interface SourceForm {
  /** Tags such as !Ref are CloudFormation's functions. */
  readonly hasIntrinsics?: boolean;
}

/** From the bytes of a manifest to its document; every problem of the YAML text is reported. */
export function readSource(
  file: string,
  bytes: Uint8Array,
  { hasIntrinsics = false }: SourceForm = {},
): ReadSource {
  const decoded = decodeManifest(file, bytes);
  if (decoded.kind === 'refused') return { diagnostics: [decoded.diagnostic] };
  const { text } = decoded;
  const positionOf = positionsOf(text);
  const locationOf = (offset: number): Location => ({ file, ...positionOf(offset) });
  const { root, problems } = parseYaml(text, (offset) => positionOf(offset).line, hasIntrinsics);
  const diagnostics = problems.map(
    ({ code, offset, message, hint }): Diagnostic => ({
      code,
      severity: 'error',
      message,
      at: locationOf(offset),
      hint,
    }),
  );
  // A repeated key leaves a document that can still be checked; other problems do not.
  const isBroken = hasErrors(diagnostics.filter(({ code }) => code !== 'duplicate-key'));
  if (isBroken) return { diagnostics };
  const places = (path: DocumentPath) => walk(root, path);
  const document: SourceDocument = {
    file,
    text,
    value: root?.value ?? null,
    locate: (path) => locationOf(places(path).offset),
    locateKey: (path) => locationOf(places(path).keyOffset),
  };
  return { document, diagnostics };
}

function walk(root: YamlNode | undefined, path: DocumentPath) {
  let node = root;
  let offset = root?.offset ?? 0;
  let keyOffset = offset;
  for (const step of path) {
    if (node?.kind === 'mapping') {
      const entry = node.entries.get(String(step));
      if (entry === undefined) break;
      keyOffset = entry.offset;
      node = entry.node;
    } else if (node?.kind === 'sequence') {
      const item: YamlNode | undefined = node.items[Number(step)];
      if (item === undefined) break;
      keyOffset = item.offset;
      node = item;
    } else break;
    offset = node.offset;
  }
  return { offset, keyOffset };
}
