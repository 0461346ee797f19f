import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Diagnostic } from '../diagnostics/index.js';
import { isIgnorePattern } from '../manifest/index.js';
import { shownPath } from './paths/path.js';
import { systemErrorCode } from './system-error.js';

const file = '.dockerignore';

/**
 * Lines of the user's own .dockerignore: patterns only, as they are written.
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export async function readDockerignore(
  root: string,
  report: (diagnostic: Diagnostic) => void,
): Promise<readonly string[]> {
  try {
    const text = new TextDecoder('utf-8').decode(await readFile(join(root, file)));
    return text.split(/\r?\n/).flatMap((line, index) => {
      const pattern = line.startsWith('#') ? '' : line.trim();
      if (pattern === '') return [];
      if (isIgnorePattern(pattern)) return [pattern];
      report(invalidPattern(pattern, index + 1));
      return [];
    });
  } catch (error) {
    const code = systemErrorCode(error);
    if (code !== 'ENOENT') {
      report({
        code: 'missing-file',
        severity: 'error',
        message: `${file} cannot be read: ${code}`,
        hint: 'make it a file that can be read, or remove it',
      });
    }
    return [];
  }
}

function invalidPattern(pattern: string, line: number): Diagnostic {
  return {
    code: 'invalid-value',
    severity: 'error',
    message: `${shownPath(pattern)} is not a pattern that Docker takes, which ends every build`,
    at: { file, line, column: 1 },
    hint: 'close its brackets, or write \\[ for a bracket itself',
  };
}
