import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { extname, isAbsolute, join, sep } from 'node:path';
import { readSource } from '../../source.js';
import { nothing, type Outcome, resolved, unknown } from './outcome.js';

/** Bytes of a file that a variable names, and files that one serverless.yml may name. */
const largest = 4 * 1024 * 1024;
const most = 200;

/** What `${file(PATH)}` stands for, as data; nothing is ever run. */
export type ReadVariableFile = (path: string) => Outcome;

/**
 * Reads YAML, JSON and, in the project, plain text. A path starts from the folder of the service, as
 * in the framework. YAML and JSON may lie above the project, where monorepos share them; an absolute
 * path belongs to one machine and is refused, and so is other text outside the project: it could be
 * anything of the user's. A file that does not exist has no value.
 * @see https://www.serverless.com/framework/docs/providers/aws/guide/variables#reference-properties-in-other-files
 */
export function variableFiles(root: string): ReadVariableFile {
  const known = new Map<string, Outcome>();
  return (path) => {
    const found = known.get(path);
    if (found !== undefined) return found;
    const outcome = known.size < most ? read(root, path) : tooMany;
    known.set(path, outcome);
    return outcome;
  };
}

const tooMany = unknown(`it names more than ${most} files`, 'put what they say into fewer files');

function read(root: string, path: string): Outcome {
  const shown = path.length > 100 ? `${path.slice(0, 100)}...` : path;
  const relative = 'write a path that starts from the folder of the service';
  if (isAbsolute(path)) return unknown(`${shown} is an absolute path of this machine`, relative);
  if (/\p{Cc}/u.test(path)) return unknown('its path has a control character', relative);
  const kind = extname(path);
  if (['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'].includes(kind)) {
    const hint = 'write the value, or use the plugin, which the framework gives all values';
    return unknown(`${shown} is a program, and pkgr runs none to read a manifest`, hint);
  }
  try {
    const place = realpathSync(join(root, path));
    const status = lstatSync(place);
    if (!status.isFile()) return unknown(`${shown} is no file`, 'name a file');
    if (status.size > largest) return unknown(`${shown} is larger than 4 MB`, 'split it');
    if (kind === '.yml' || kind === '.yaml') return yaml(shown, readFileSync(place));
    if (kind === '.json' || kind === '.tfstate') return json(shown, readFileSync(place, 'utf8'));
    if (!`${place}${sep}`.startsWith(`${realpathSync(root)}${sep}`)) {
      return unknown(`${shown} is neither YAML nor JSON, and outside the project`, relative);
    }
    return resolved(readFileSync(place, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return nothing;
    return unknown(`${shown} cannot be read: ${String(code)}`, 'make it a file that can be read');
  }
}

function yaml(shown: string, bytes: Uint8Array): Outcome {
  const { document, diagnostics } = readSource(shown, bytes, { hasIntrinsics: true });
  const [first] = diagnostics.filter(({ severity }) => severity === 'error');
  if (document !== undefined && first === undefined) return resolved(document.value);
  const at = first?.at === undefined ? shown : `${shown}:${first.at.line}:${first.at.column}`;
  return unknown(`${at} is no YAML: ${first?.message}`, first?.hint ?? 'correct it');
}

function json(shown: string, text: string): Outcome {
  try {
    // A name that JavaScript gives a meaning of its own is no data that anybody needs.
    return resolved(JSON.parse(text, (key, value) => (key === '__proto__' ? undefined : value)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return unknown(`${shown} is no JSON: ${why}`, 'correct it');
  }
}
