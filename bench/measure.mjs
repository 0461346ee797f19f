import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';

const OUTPUT = '.bench-output';
const PROGRAM = join(import.meta.dirname, 'measure.py');

/**
 * Runs a command to its end. Its output goes to a file and is shown only when it fails. The disk has
 * all that was written before: else a command would wait for what the one before it has written.
 * @param {import('./tools/tool.mjs').Command} command
 * @param {string} cwd
 * @param {(line: string) => void} log
 * @returns {Promise<{ seconds: number, memory: number, failure?: string }>} memory in bytes, of
 *   the largest process
 */
export async function measure({ file, arguments: arguments_, env = {} }, cwd, log) {
  const output = join(cwd, OUTPUT);
  await execa('sync');
  const { exitCode, stdout } = await execa('python3', [PROGRAM, output, file, ...arguments_], {
    cwd,
    env,
    reject: false,
  });
  const measured = stdout === '' ? { seconds: Number.NaN, memory: 0 } : JSON.parse(stdout);
  if (exitCode === 0) return measured;
  log(readFileSync(output, 'utf8').trim());
  return { ...measured, failure: tellingLine(cwd) };
}

/**
 * The line that says most of what the last command in a folder has printed.
 * @param {string} cwd
 */
export function tellingLine(cwd) {
  const lines = readFileSync(join(cwd, OUTPUT), 'utf8').split('\n');
  const said = lines.map((line) => line.trim()).filter(Boolean);
  const telling = said.findLast((line) => /error|failed/i.test(line)) ?? said.at(-1) ?? '';
  return telling.slice(0, 200);
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return Number.NaN;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}
