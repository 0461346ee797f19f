import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesSent, recorded } from '../../bench/recorder.mjs';
import { pkgr } from '../../bench/tools/pkgr.mjs';
import { functions, steps } from '../../bench/workloads.mjs';
import { noProgress, reduceProgress } from '../../src/engine/progress.js';
import { createRawJsonParser } from '../../src/engine/rawjson.js';
import { engineEnvironment, needsEngine } from '../build/engine-environment.js';
import { fresh, newProject } from '../build/project.js';
import { hasEngine } from '../engine/local-engine.js';
import { wheel, wheelName } from '../host/python-packages.js';

/** What the build of one step of the benchmark has done. */
interface Counts {
  /** Calls of docker, each a solve. */
  readonly solves: number;
  /** How many steps ran of each program; all others were in Docker's cache. */
  readonly ran: Readonly<Record<string, number>>;
  /** Zips that were brought over and written. */
  readonly fetched: readonly string[];
  /** Bytes that were sent to the engine, by all solves; and those of the project alone. */
  readonly sent: number;
  readonly sentOfProject: number;
}

const MINUTES = 300_000;
/** The benchmark's first workload in small: a set that all share, and a line of its own for one. */
const all = [1, 2, 3, 4, 5].map((number) => `function_000${number}`);
/** Bytes of a file that no function wants. */
const UNWANTED = 4_000_000;
/** What its lines name, those that the steps add too; found in a folder, not in an index. */
const packages = { one: '1.0', two: '1.0', idna: '3.10', certifi: '2024.8.30' };

describe.runIf(hasEngine)(`the steps of the benchmark, counted${needsEngine}`, () => {
  const counts: Record<string, Counts> = {};

  beforeAll(async () => {
    const wheels: Record<string, Buffer> = {};
    for (const [name, version] of Object.entries(packages)) {
      const text = `# ${fresh()}\n`;
      wheels[`vendor/${wheelName(name, { version })}`] = await wheel(
        name,
        { [`${name}.py`]: text },
        { version },
      );
    }
    const folder = newProject({ ...wheels, 'unwanted.bin': randomBytes(UNWANTED) });
    const workload = {
      name: 'small',
      title: '',
      global: true,
      ...functions(
        all.length,
        (index: number) => (index === 0 ? ['two==1.0'] : []),
        () => ['--no-index', '--find-links ./vendor', 'one==1.0'],
      ),
    };
    const tool = pkgr({ env: engineEnvironment });
    for (const [name, step] of Object.entries(steps)) {
      step.change?.(workload, fresh());
      tool.write(workload, folder);
      counts[name] = await countBuild(folder);
      if (name !== 'edited') continue;
      step.change?.(workload, fresh());
      tool.write(workload, folder);
      counts['edited again'] = await countBuild(folder);
    }
    counts.verified = await countBuild(folder, '--verify');
  }, MINUTES);

  test('a first build installs each set once, packs each zip once, and brings them with their digests', () => {
    expect(counts.cold).toMatchObject({
      solves: 1,
      // Four of the five share their packages, which are sent once.
      ran: { 'install.py': 2, 'deflate.py': 2, 'pack.py': 5, 'rests.py': 1 },
      fetched: all,
    });
  });

  test('with nothing changed nothing runs, nothing is fetched and nothing of the project is sent', () => {
    expect(counts.unchanged).toMatchObject({ solves: 1, ran: {}, fetched: [] });
    // Names, sizes and times are sent for the engine to see that it has the files.
    expect(counts.unchanged?.sent).toBeLessThan((counts.cold?.sent ?? 0) / 10);
  });

  test('an edited file packs and fetches one zip, and only files of its function are sent', () => {
    expect(counts.edited).toMatchObject({
      solves: 2,
      ran: { 'pack.py': 1 },
      fetched: ['function_0001'],
    });
    // There are five functions; the first solve for one zip is sent what it needs of this one.
    expect(counts.edited?.sentOfProject).toBeLessThan((counts.cold?.sentOfProject ?? 0) / 2);
  });

  test('the next edit packs and fetches one zip, and only that file is sent', () => {
    expect(counts['edited again']).toMatchObject({
      solves: 2,
      ran: { 'pack.py': 1 },
      fetched: ['function_0001'],
    });
    expect(counts['edited again']?.sent).toBeLessThan((counts.cold?.sent ?? 0) / 10);
  });

  test('what no function wants is never sent, by a build that verifies either', () => {
    for (const [step, { sentOfProject }] of Object.entries(counts)) {
      expect([step, sentOfProject < UNWANTED]).toEqual([step, true]);
    }
    expect(counts.verified?.ran).toMatchObject({ 'verify.py': 5 });
  });

  test('a line of one function installs that set alone', () => {
    expect(counts.required).toMatchObject({
      solves: 2,
      ran: { 'install.py': 1, 'deflate.py': 1, 'pack.py': 1 },
      fetched: ['function_0005'],
    });
    // What the solve for one zip had no use for has not been forgotten.
    expect(counts.required?.sentOfProject).toBeLessThan((counts.cold?.sentOfProject ?? 0) / 2);
  });

  test('a line in the global file installs each set once', () => {
    expect(counts['required-globally']).toMatchObject({
      solves: 2,
      ran: { 'install.py': 3, 'deflate.py': 3, 'pack.py': 5 },
      fetched: all,
    });
  });

  test('an OS package installs the sets again, and where that gives the same packs nothing', () => {
    // Another project may have had the engine install the OS package before.
    const { 'os-packages.sh': _, ...ran } = counts['os-package']?.ran ?? {};
    expect(ran).toEqual({ 'install.py': 3, 'deflate.py': 3 });
    expect(counts['os-package']?.fetched).toEqual([]);
  });
});

async function countBuild(folder: string, ...options: string[]): Promise<Counts> {
  const { stderr, calls } = await recorded(folder, { ...engineEnvironment }, ['build', ...options]);
  const ran: Record<string, number> = {};
  let sent = 0;
  const solves = calls.filter((call) => call.arguments.includes('--target'));
  for (const { said } of solves) {
    const parser = createRawJsonParser();
    const items = [...parser.push(said), ...parser.end()];
    const events = items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
    const progress = reduceProgress(noProgress, events);
    sent += progress.contextBytes;
    for (const { name, cached, completed } of progress.steps.values()) {
      if (cached || completed === undefined) continue;
      for (const [, program = ''] of name.matchAll(/\/programs\/([\w-]+\.\w+)/g)) {
        ran[program] = (ran[program] ?? 0) + 1;
      }
    }
  }
  const fetched = [...stderr.matchAll(/^built +(\S+)/gm)].map(([, name]) => name ?? '');
  const sentOfProject = bytesSent(calls, /^transferring context:/);
  return { solves: solves.length, ran, fetched, sent, sentOfProject };
}
