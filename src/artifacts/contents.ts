import { listOf, recordOf, textOf } from './json.js';

/** What a zip brings along that other zips beside it may count on. */
export interface Contents {
  /** Names of libraries that the loader finds whoever needs them. */
  readonly libraries: readonly string[];
  /** Modules and packages that can be imported by a name without dots. */
  readonly modules: readonly Module[];
}

export interface Module {
  readonly name: string;
  /** Path in the zip. */
  readonly file: string;
  /** What it belongs to: packages, libraries or code. */
  readonly of: string;
}

/** Reads contents from a parsed JSON value; what is not understood counts as not there. */
export function readContents(value: unknown): Contents {
  const { libraries, modules } = recordOf(value);
  return { libraries: listOf(libraries, textOf), modules: listOf(modules, readModule) };
}

function readModule(value: unknown): Module | undefined {
  const { name, file, of } = recordOf(value);
  const isModule = [name, file, of].every((text) => typeof text === 'string');
  return isModule ? { name: String(name), file: String(file), of: String(of) } : undefined;
}
