import type { Group } from '../api/index.js';

/** `requirements.txt:3 pandas==3.1.1 -> numpy`: the user's line, and the way from it to a package. */
export function printReason({ line, path }: Group['why'][number]): string {
  if (line === undefined) return path.length > 1 ? path.join(' -> ') : '';
  const { file, line: number } = line.at;
  return [`${file}:${number} ${line.text}`, ...path.slice(1)].join(' -> ');
}
