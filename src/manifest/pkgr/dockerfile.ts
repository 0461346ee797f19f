import type { DocumentPath, SourceDocument } from '../source.js';
import { type Accepted, isMapping } from './accepted.js';
import type { PkgrDockerfile } from './manifest.js';

/** `dockerfile` in its typed form; undefined when there is none, or part of it was refused. */
export function readDockerfile(
  path: DocumentPath,
  value: unknown,
  accepted: Accepted,
  document: SourceDocument,
): PkgrDockerfile | undefined {
  if (!isMapping(value)) {
    const file = accepted.text(path, value);
    return file && { at: file.at, file, args: [] };
  }
  const text = (key: string) => accepted.text([...path, key], value[key]);
  const written = { file: text('file'), context: text('context'), target: text('target') };
  const { file, context, target } = written;
  // Without a part of it, it would be checked as something that was not meant.
  const lacks = Object.entries(written).some(([key, part]) => part === undefined && key in value);
  if (lacks || accepted.isRefused(path)) return undefined;
  const args = Object.entries(isMapping(value.args) ? value.args : {}).flatMap(
    ([name, argument]) => {
      const at = [...path, 'args', name];
      const given = accepted.text(at, argument);
      return given === undefined
        ? []
        : [{ name: { value: name, at: document.locateKey(at) }, value: given.value }];
    },
  );
  return {
    at: document.locate(path),
    ...(file && { file }),
    ...(context && { context }),
    ...(target && { target }),
    args,
  };
}
