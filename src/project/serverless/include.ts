import type { ServerlessPackage } from '../../manifest/index.js';
import type { IncludeDeclaration } from '../declaration.js';
import { follow } from '../paths/follow.js';
import { readPath } from '../paths/path.js';
import type { Tree } from '../paths/tree.js';
import type { Located } from '../unit.js';
import type { Surroundings } from './surroundings.js';

/** Included in every function, where there is such a folder. */
const defaultGlobalIncludes = './common_files';

/** What a function includes, and then what all functions do, later ones over earlier ones. */
export function functionIncludes(
  packaging: ServerlessPackage,
  { manifest, tree }: Surroundings,
): readonly IncludeDeclaration[] {
  const own = [...packaging.include, ...packaging.patterns];
  const { globalIncludes, at } = manifest.options;
  const byDefault =
    globalIncludes === undefined && isFolder(tree, defaultGlobalIncludes)
      ? [{ value: defaultGlobalIncludes, at }]
      : [];
  return [...own, ...(globalIncludes ?? byDefault)].map((item) => contentsOf(item, tree));
}

/** Of a folder its contents, of a file the file itself, at the zip's root. */
export function contentsOf({ value, at }: Located<string>, tree: Tree): IncludeDeclaration {
  const isOpen = isFolder(tree, value) && !value.endsWith('/');
  return { from: { value: isOpen ? `${value}/` : value, at } };
}

function isFolder(tree: Tree, value: string): boolean {
  const reading = readPath(value, 'the project folder');
  return reading.kind === 'path' && follow(tree, reading.path).kind === 'directory';
}
