import { PkgrError } from '../diagnostics/index.js';

/**
 * Names of builders separated by commas, each once.
 * @throws PkgrError when there is none between two commas, or none at all.
 */
export function builderNames(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (!names.includes('')) return [...new Set(names)];
  throw new PkgrError([
    {
      code: 'invalid-value',
      severity: 'error',
      message: `--builder takes names separated by commas, not ${JSON.stringify(text)}`,
      hint: 'for example --builder default,second',
    },
  ]);
}
