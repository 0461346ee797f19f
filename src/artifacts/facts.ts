import { listOf, recordOf, textOf } from './json.js';

/** What a file is of: packages, libraries or code; and its package, where one has recorded it. */
interface OfFile {
  /** Path in the zip. */
  readonly file: string;
  readonly of: string;
  readonly package?: string;
  readonly packageVersion?: string;
}

/** What a wheel or a module does not fit: the runtime's Python, Lambda's system, or its processor. */
export type Misfit = 'python' | 'system' | 'machine';

/**
 * What the steps that saw the files have found in them; templates/survey.py, zip_contents.py and
 * handler_source.py write it. What it means is decided by the audit.
 */
export type Fact = OfFile &
  (
    | { readonly kind: 'wheel'; readonly misfit: Misfit; readonly tags: readonly string[] }
    | { readonly kind: 'module'; readonly misfit: Misfit; readonly tag: string }
    | { readonly kind: 'binary'; readonly format: string; readonly machine: string }
    | {
        readonly kind: 'symbol-version';
        readonly library: string;
        readonly version: string;
        /** The newest that there is of the same family; empty when there is none. */
        readonly has: string;
        readonly tags: readonly string[];
      }
    | { readonly kind: 'rpath'; readonly folder: string }
    | { readonly kind: 'secret'; readonly secret: string }
    | { readonly kind: 'case-clash'; readonly other: string; readonly otherOf: string }
  );

/** What has become of a handler in one zip. */
export interface HandlerFact {
  readonly kind: 'handler';
  readonly handler: string;
  readonly state: 'absent' | 'defined' | 'undefined' | 'uncallable' | 'syntax' | 'unknown';
  /** The module; absent when there is none. */
  readonly file?: string;
  /** Names that could have been meant. */
  readonly near: readonly string[];
  readonly why?: string;
  /** Of an error of syntax; `python` is the version that found it. */
  readonly line?: number;
  readonly python?: string;
}

/** Reads a fact from a parsed JSON value; undefined for one of a kind that is not known here. */
export function readFact(value: unknown): Fact | HandlerFact | undefined {
  const fields = recordOf(value);
  if (fields.kind === 'handler') return readHandler(fields);
  const { file, of, package: owner, packageVersion } = fields;
  if (typeof file !== 'string') return undefined;
  const text = (name: string) => textOf(fields[name]) ?? '';
  const base: OfFile = {
    file,
    of: textOf(of) ?? 'code',
    ...(typeof owner === 'string' && { package: owner }),
    ...(typeof packageVersion === 'string' && { packageVersion }),
  };
  const tags = listOf(fields.tags, textOf);
  switch (fields.kind) {
    case 'wheel':
      return { ...base, kind: 'wheel', misfit: misfitOf(fields.misfit), tags };
    case 'module':
      return { ...base, kind: 'module', misfit: misfitOf(fields.misfit), tag: text('tag') };
    case 'binary':
      return { ...base, kind: 'binary', format: text('format'), machine: text('machine') };
    case 'symbol-version': {
      const [library, version, has] = [text('library'), text('version'), text('has')];
      return { ...base, kind: 'symbol-version', library, version, has, tags };
    }
    case 'rpath':
      return { ...base, kind: 'rpath', folder: text('folder') };
    case 'secret':
      return { ...base, kind: 'secret', secret: text('secret') };
    case 'case-clash':
      return { ...base, kind: 'case-clash', other: text('other'), otherOf: text('otherOf') };
    default:
      return undefined;
  }
}

const states = ['absent', 'defined', 'undefined', 'uncallable', 'syntax', 'unknown'] as const;

function readHandler(fields: Readonly<Record<string, unknown>>): HandlerFact | undefined {
  const { handler, state, file, near, why, line, python } = fields;
  const known = states.find((one) => one === state);
  if (typeof handler !== 'string' || known === undefined) return undefined;
  return {
    kind: 'handler',
    handler,
    state: known,
    near: listOf(near, textOf),
    ...(typeof file === 'string' && { file }),
    ...(typeof why === 'string' && { why }),
    ...(typeof line === 'number' && { line }),
    ...(typeof python === 'string' && { python }),
  };
}

function misfitOf(value: unknown): Misfit {
  return value === 'python' || value === 'machine' ? value : 'system';
}
