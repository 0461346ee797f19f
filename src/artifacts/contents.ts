import { listOf, recordOf, textOf } from './json.js';

/** What a zip brings along that other zips beside it may count on. */
export interface Contents {
  /** Names of libraries that the loader finds whoever needs them. */
  readonly libraries: readonly string[];
}

/** Reads contents from a parsed JSON value; what is not understood counts as not there. */
export function readContents(value: unknown): Contents {
  const { libraries } = recordOf(value);
  return { libraries: listOf(libraries, textOf) };
}
