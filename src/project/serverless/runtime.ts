import type { Diagnostic } from '../../diagnostics/index.js';
import { runtimes } from '../../manifest/index.js';
import type { Located, Runtime } from '../unit.js';

/** A runtime that pkgr can build for; undefined, with a report, for another one. */
export function pythonRuntime(
  runtime: Located<string> | undefined,
  report: (diagnostic: Diagnostic) => void,
): Located<Runtime> | undefined {
  if (runtime === undefined) return undefined;
  const value = runtimes.find((known) => known === runtime.value);
  if (value !== undefined) return { value, at: runtime.at };
  report({
    code: 'unsupported-runtime',
    severity: 'error',
    message: `${JSON.stringify(runtime.value)} is not a runtime of Python that pkgr knows`,
    at: runtime.at,
    hint: `pkgr builds for ${runtimes[0]} to ${runtimes.at(-1)}`,
  });
  return undefined;
}
