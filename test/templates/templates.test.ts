import { spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

/**
 * The programs that run inside a build are Python and so are their tests. Each of them is listed at
 * collection and is a test of its own here; the suite is run once.
 */
const suite = fileURLToPath(new URL('run_suite.py', import.meta.url));
const longestSuite = 900_000;

const listed = spawnSync('python3', [suite, 'list'], { encoding: 'utf8' });
if (listed.status !== 0)
  throw new Error(`python3 cannot list the tests: ${listed.stderr || listed.error}`);
const ids: readonly string[] = stringsOf(JSON.parse(listed.stdout));

const outcomes = new Map<string, unknown>();

beforeAll(async () => {
  const { code, stdout, stderr } = await run('python3', [suite, 'run']);
  if (code !== 0) throw new Error(`the Python suite did not run to its end:\n${stderr}`);
  const parsed: unknown = JSON.parse(stdout);
  if (typeof parsed !== 'object' || parsed === null)
    throw new Error('the Python suite gave no outcomes');
  for (const [id, why] of Object.entries(parsed)) outcomes.set(id, why);
}, longestSuite);

describe('the programs inside the build', () => {
  it.each(ids.map((id) => [sentence(id), id] as const))('%s', (_, id) => {
    const why = outcomes.get(id);
    if (typeof why === 'string') throw new Error(why);
    expect(outcomes.has(id), 'this Python test was listed but did not run').toBe(true);
  });
});

/** `test_pack.Pack.test_a_later_file_wins` as `pack: a later file wins`. */
function sentence(id: string): string {
  const [file = id, , ...rest] = id.split('.');
  const words = (name: string) => name.replace(/^test_/, '').replaceAll('_', ' ');
  return `${words(file)}: ${words(rest.join('.'))}`.replaceAll('%', '%%');
}

function stringsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || !value.every((id) => typeof id === 'string')) {
    throw new Error('the list of Python tests is empty or no list');
  }
  return value;
}

function run(command: string, args: readonly string[]) {
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
