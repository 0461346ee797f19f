import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noProgress, type Progress, reduceProgress } from '../../src/engine/progress.js';
import { createRawJsonParser } from '../../src/engine/rawjson.js';

/** What a docker command has printed on stderr; recorded with buildx 0.13, engine 26. */
export function recorded(name: string): Buffer {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${name}.stderr`));
}

/** A recording as pkgr sees it at the end. */
export function replay(stderr: Uint8Array): { progress: Progress; text: string } {
  const parser = createRawJsonParser();
  const items = [...parser.push(stderr), ...parser.end()];
  return {
    progress: reduceProgress(
      noProgress,
      items.flatMap((item) => (item.kind === 'event' ? [item.event] : [])),
    ),
    text: items.flatMap((item) => (item.kind === 'text' ? [item.line] : [])).join('\n'),
  };
}
