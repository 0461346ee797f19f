import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Instruction, Stage } from '../../src/dockerfile/instruction.js';
import { printStages } from '../../src/dockerfile/print.js';
import { escapePattern } from '../../src/project/index.js';
import { folderWith, hasEngine } from '../engine/local-engine.js';
import { engineBuilder, runtimeImage } from '../examples/stand-ins.js';
import { hostileLine } from './hostile.js';
import { names, refused } from './hostile-names.js';
import { solveFiles } from './solve-files.js';

async function text(...stages: readonly Stage[]): Promise<string> {
  return `${[...(await printStages(stages)).values()].join('\n')}\n`;
}

async function isPrinted(from: string): Promise<boolean> {
  const copy: Instruction = { kind: 'copy', from, to: './x' };
  const stage: Stage = { name: 'x', comment: [], from: { kind: 'scratch' }, instructions: [copy] };
  return text(stage).then(
    () => true,
    (error: unknown) => {
      if (error instanceof RangeError) return false;
      throw error;
    },
  );
}

describe.runIf(hasEngine)('in a real build', { timeout: 300_000 }, () => {
  test('every name that is printed is copied, as a file, as a folder and as a folder’s content', async () => {
    const root = folderWith({});
    const put = (path: string, content: string) => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    };
    const copies: Instruction[] = [];
    const expected = new Map<string, string>();
    const missing: string[] = [];
    for (const name of names) {
      const pairs = [
        [`f/${name}`, `f/${name}`, ''],
        [`d/${name}`, `d/${name}/`, '/inside'],
        [`${name}/in`, `i/${name}`, ''],
        [`${name}/c/`, `c/${name}/`, `/${name}`],
      ] as const;
      for (const [from, to, below] of pairs) {
        if (!(await isPrinted(from))) {
          missing.push(name);
          continue;
        }
        put(`${from}${below}`, from);
        expected.set(`${to}${below}`.replaceAll('//', '/'), from);
        copies.push({ kind: 'copy', from, to: `./${to}` });
      }
      // What a glob that is not escaped would match as well.
      if (!/[/\n]/.test(name)) put(`f/${name}.not`, 'not asked for');
    }
    expect([...new Set(missing)]).toEqual([...refused.slice(0, 6), '!a', ...refused.slice(6)]);
    expect(copies.length).toBeGreaterThan(250);
    const stage: Stage = {
      name: 'x',
      comment: [],
      from: { kind: 'scratch' },
      instructions: copies,
    };
    const { files } = await solveFiles({ root, dockerfile: await text(...inTree(stage)) });
    const texts = [...files].map(([path, content]) => [path, content.toString()]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(expected));
  });

  test('an escaped name in a .dockerignore keeps out that file alone', async () => {
    const root = folderWith({});
    const all = names.filter((name) => !/[\n]/.test(name));
    for (const name of all) {
      mkdirSync(join(root, 'd'), { recursive: true });
      writeFileSync(join(root, 'd', name), '');
      writeFileSync(join(root, name), '');
    }
    const ignored = all.filter((_, index) => index % 2 === 0);
    const { files } = await solveFiles({
      root,
      dockerfile: 'FROM scratch\nCOPY . /\n',
      ignore: ignored.map(escapePattern),
    });
    const kept = all.filter((name) => !ignored.includes(name));
    expect([...files.keys()].sort()).toEqual([...kept, ...all.map((name) => `d/${name}`)].sort());
  });

  test('words, environment values and the lines of files arrive as they are', async () => {
    const lines = fc.sample(hostileLine, { numRuns: 150, seed: 7 });
    const values = [...names, ...lines].filter((each) => !/[\p{Cc}\p{Zl}]/u.test(each));
    const program =
      'import json,os,sys;json.dump([sys.argv[1:],[os.environ["V%d"%i] for i in range(len(sys.argv)-1)]],open("/out.json","w"))';
    const made: Stage = {
      name: 'made',
      comment: [],
      from: { kind: 'image', image: await runtimeImage('python3.11'), platform: 'linux/amd64' },
      instructions: [
        ...values.map((value, index) => ({ kind: 'env', name: `V${index}`, value }) as const),
        { kind: 'copy-text', lines: values, to: '/out/lines.txt' },
        { kind: 'copy-text', lines: ['EOF', ' \\', 'EOF_', '\\'], to: '/out/marks.txt' },
        {
          kind: 'run',
          mounts: [],
          words: ['python3', '-c', program.replace('/out.json', '/out/out.json'), ...values],
        },
      ],
    };
    const exported: Stage = {
      name: 'exported',
      comment: [],
      from: { kind: 'scratch' },
      instructions: [{ kind: 'copy-stage', stage: 'made', source: '/out/', to: '/' }],
    };
    const { files } = await solveFiles({
      root: folderWith({}),
      dockerfile: await text(made, exported),
      options: ['--builder', await engineBuilder()],
    });
    expect(JSON.parse(String(files.get('out.json')))).toEqual([values, values]);
    expect(String(files.get('lines.txt'))).toBe(values.map((line) => `${line}\n`).join(''));
    expect(String(files.get('marks.txt'))).toBe('EOF\n \\\nEOF_\n\\\n');
  });
});

/** The copies of one stage on several, because BuildKit refuses some hundred in a row. */
function inTree({ instructions, ...stage }: Stage): readonly Stage[] {
  const parts: Stage[] = [];
  for (let start = 0; start < instructions.length; start += 60) {
    const own = instructions.slice(start, start + 60);
    parts.push({ ...stage, name: `part-${parts.length}`, instructions: own });
  }
  const copies = parts.map(
    ({ name }) => ({ kind: 'copy-stage', stage: name, source: '/', to: '/' }) as const,
  );
  return [...parts, { ...stage, instructions: copies }];
}
