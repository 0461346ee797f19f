import type { Diagnostic } from '../../diagnostics/index.js';
import { runtimes } from '../../manifest/index.js';
import type { Located, UnitRuntime } from '../unit.js';

/**
 * The runtime that an image's name tells: python3.7 for lambci/lambda:build-python3.7, python:3.7-slim
 * or team/python-3.7. A name that tells none, such as juniper/xmlsec, means whatever Python the image
 * has. The last version in the name counts, because a tag says more than the name before it.
 */
export function runtimeOfImage(
  image: Located<string>,
  report: (diagnostic: Diagnostic) => void,
): Located<UnitRuntime> {
  const { value, at } = image;
  const found = [...value.matchAll(/python(?:[23](?=[:_-]))?[:_-]?v?([0-9]+)[.]([0-9]+)/gi)].at(-1);
  if (found === undefined) return { value: 'any', at };
  const [major = 0, minor = 0] = found.slice(1).map(Number);
  const runtime = runtimes.find((known) => known === `python${major}.${minor}`);
  if (runtime !== undefined) return { value: runtime, at };
  if (major < 3 || (major === 3 && minor < 6)) {
    report({
      code: 'unsupported-runtime',
      severity: 'error',
      message: `the image ${value} is for Python ${major}.${minor}, which pkgr cannot build for`,
      at,
      hint: 'choose an image of Python 3.6 or later; if its name misleads, add runtime: python3.N',
    });
  }
  return { value: 'any', at };
}
