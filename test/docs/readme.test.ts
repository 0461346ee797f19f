import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('the Dockerfile of the README is what pkgr gen writes for the example', () => {
  const [, shown = ''] = /```dockerfile\n([\s\S]*?)\n```/.exec(read('README.md')) ?? [];
  const stages = shown.split('\n\n');
  const written = read('examples/socless-slack/expected/Dockerfile').trimEnd().split('\n\n');
  expect(stages.filter((stage) => !written.includes(stage))).toEqual([]);
  expect(stages.at(-1)).toMatch(/ AS slack_send_dialog\n/);
});
