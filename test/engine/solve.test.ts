import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { list } from 'tar';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureImages } from '../../scripts/images.mjs';
import { lastLogLine } from '../../src/engine/log-tail.js';
import { runningSteps, type Step } from '../../src/engine/progress.js';
import { type SolveRequest, solve } from '../../src/engine/solve.js';
import {
  docker,
  folderWith,
  hasEngine,
  setEnvironment,
  useCommand,
  useScript,
} from './local-engine.js';

type Request = SolveRequest<Record<string, string>>;

/** The names and texts of a tar stream. */
async function filesOf(tar: Readable): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const parser = list({
    onReadEntry: async (entry) => {
      files[entry.path] = Buffer.concat(await entry.collect()).toString();
    },
  });
  parser.end(await buffer(tar));
  await wait(0);
  return files;
}

function request(dockerfile: string, more: Partial<Request> = {}): Request {
  const context = more.context ?? folderWith({ 'a.txt': 'one', 'b.txt': 'two' });
  return {
    dockerfile,
    ignore: '',
    context,
    target: 'out',
    namedContexts: {},
    secrets: [],
    ssh: false,
    noCache: false,
    receive: filesOf,
    ...more,
  };
}

const copyAll = 'FROM scratch AS out\nCOPY . /\n';
describe.runIf(hasEngine)('a solve on the engine', () => {
  let image = '';
  beforeAll(async () => {
    image = (await ensureImages(['runtime-python3.11'], { docker }))['runtime-python3.11'] ?? '';
  }, 600_000);

  test('hands over the files of the target and tells its steps', async () => {
    const result = await solve(request(copyAll));
    expect(result).toMatchObject({ kind: 'done', value: { 'a.txt': 'one', 'b.txt': 'two' } });
    expect(result.progress.counts.total).toBe(1);
  });

  test('leaves out what its ignore text names, and not what the context’s own names', async () => {
    const context = folderWith({ 'a.txt': '1', 'b.txt': '2', '.dockerignore': 'b.txt' });
    const result = await solve(request(copyAll, { context, ignore: 'a.txt\n.dockerignore\n' }));
    expect(result).toMatchObject({ kind: 'done', value: { 'b.txt': '2' } });
  });

  test('works in a context whose name is strange', async () => {
    const context = join(folderWith({}), "-o, 'x' $HOME é");
    mkdirSync(context);
    writeFileSync(join(context, 'a.txt'), 'one');
    expect(await solve(request(copyAll, { context }))).toMatchObject({
      kind: 'done',
      value: { 'a.txt': 'one' },
    });
  });

  test('takes an image from a named context, and a secret from a file', async () => {
    const folder = folderWith({ 'se,cr"et': 'hush' });
    const dockerfile = `FROM base AS made\nRUN --mount=type=secret,id=s,required=true wc -c </run/secrets/s >/n\nFROM scratch AS out\nCOPY --from=made /n /\n`;
    const result = await solve(
      request(dockerfile, {
        namedContexts: { base: `docker-image://${image}` },
        secrets: [{ id: 's', file: join(folder, 'se,cr"et') }],
      }),
    );
    expect(result).toMatchObject({ kind: 'done', value: { n: '4\n' } });
  });

  test('that fails tells the step, its stage, the exit code and the log', async () => {
    const dockerfile = `FROM ${image} AS made\nRUN echo hello; echo bye >&2; exit 9\nFROM scratch AS out\nCOPY --from=made /x /\n`;
    const result = await solve(request(dockerfile));
    expect(result).toMatchObject({
      kind: 'failed',
      failure: { kind: 'step-failed', stage: 'made', exitCode: 9, line: 2 },
    });
    const log = result.kind === 'failed' && 'log' in result.failure ? result.failure.log : [];
    expect([...log].sort()).toEqual(['bye', 'hello']);
  });

  test('tells a file that is missing in the context', async () => {
    const result = await solve(request('FROM scratch AS out\nCOPY ["./no pe.txt", "/"]\n'));
    expect(result).toMatchObject({ failure: { kind: 'missing-file', path: 'no pe.txt' } });
  });

  test('tells an image that no registry has', async () => {
    const result = await solve(request('FROM 127.0.0.1:1/nope:1 AS out\nCOPY . /\n'));
    expect(result).toMatchObject({
      failure: { kind: 'image-unavailable', image: '127.0.0.1:1/nope:1', transient: true },
    });
  });

  test('tells a disk that is full', async () => {
    const fill = 'dd if=/dev/zero of=/t/x bs=1M count=3';
    const dockerfile = `FROM ${image} AS out\nRUN --mount=type=tmpfs,target=/t,size=1000000 ${fill}\n`;
    expect(await solve(request(dockerfile))).toMatchObject({ failure: { kind: 'disk-full' } });
  });

  test('tells an engine that cannot be reached', async () => {
    setEnvironment('DOCKER_HOST', 'unix:///nonexistent/docker.sock');
    expect(await solve(request(copyAll))).toMatchObject({
      failure: { kind: 'engine-unreachable', reason: 'no-answer' },
    });
  });

  test('ends within seconds when it is aborted while a step runs, the step too', async () => {
    const stop = new AbortController();
    const mark = `sleep 3${String(process.pid).padStart(7, '0')}`;
    // Engine 26 does not hear of a step's end in the first hundredths of a second of the step.
    const hasBegun = (step: Step) => lastLogLine(step.log) === 'begun';
    const dockerfile = `FROM ${image} AS out\nRUN echo begun; ${mark}\n`;
    let aborted = 0;
    const result = await solve(
      request(dockerfile, {
        signal: stop.signal,
        onProgress: (progress) => {
          if (aborted > 0 || !runningSteps(progress).some(hasBegun)) return;
          aborted = performance.now();
          stop.abort();
        },
      }),
    );
    expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'interrupted' } });
    expect(performance.now() - aborted).toBeLessThan(2500);
    await wait(500);
    expect(commandLines().filter((line) => line.includes(mark))).toEqual([]);
  });

  test('is stopped by a receiver that fails, whose error is thrown', async () => {
    const dockerfile = `FROM ${image} AS out\nRUN head -c 50000000 /dev/zero >/x\n`;
    const receive = async (tar: Readable) => {
      for await (const _ of tar) throw new Error('no thanks');
      return {};
    };
    await expect(solve(request(dockerfile, { receive }))).rejects.toThrow('no thanks');
  });

  test('does not wait for a receiver that does not read to the end', async () => {
    const dockerfile = `FROM ${image} AS out\nRUN head -c 5000000 /dev/zero >/x\n`;
    const receive = async () => ({ enough: '' });
    expect(await solve(request(dockerfile, { receive }))).toMatchObject({ kind: 'done' });
  });

  test('prefers the engine’s failure to the error of a receiver whose stream was cut', async () => {
    const receive = async (tar: Readable) => {
      await buffer(tar);
      throw new Error('the archive is empty');
    };
    const result = await solve(request('FROM scratch AS out\nCOPY nope /\n', { receive }));
    expect(result).toMatchObject({ kind: 'failed', failure: { kind: 'missing-file' } });
  });

  test('leaves no temporary folder, however it ends', async () => {
    const temporary = folderWith({});
    setEnvironment('TMPDIR', temporary);
    const context = folderWith({ 'a.txt': '' });
    const seen: string[] = [];
    const onProgress = () => void seen.push(...readdirSync(temporary));
    await solve(request(copyAll, { context, onProgress }));
    expect(seen.some((name) => /^pkgr-[^-]{6}$/.test(name))).toBe(true);
    await solve(request('FROM nope AS out\nCOPPY\n'));
    const receive = () => Promise.reject(new Error('no'));
    await expect(solve(request(copyAll, { receive }))).rejects.toThrow('no');
    expect(readdirSync(temporary).filter((name) => /^pkgr-[^-]{6}$/.test(name))).toEqual([]);
  });
});

describe('a solve, whatever the docker command is', () => {
  test('fails with a reason when there is none', async () => {
    useCommand('/nonexistent/docker');
    expect(await solve(request(copyAll))).toMatchObject({
      kind: 'failed',
      failure: { kind: 'engine-unreachable', reason: 'no-command' },
    });
  });

  test('explains words that tell nothing by the engine’s version', async () => {
    const answer = '{"version":"20.10.24","plugins":[{"Name":"buildx","Version":"0.13.1"}]}';
    useScript(
      `if [ "$1" = info ]; then echo '${answer}'; else echo 'ERROR: what?' >&2; exit 1; fi`,
    );
    expect(await solve(request(copyAll))).toMatchObject({
      failure: { kind: 'engine-too-old', what: 'Docker engine 20.10.24' },
    });
  });

  test('shows no secret in arguments or environment', async () => {
    const folder = useScript(
      '[ "$1" = info ] || { echo "$@"; env; } >"$(dirname "$0")/seen"; exit 1',
    );
    const secret = join(folderWith({ secret: 'hush-hush' }), 'secret');
    await solve(request(copyAll, { secrets: [{ id: 's', file: secret }] }));
    const seen = readFileSync(join(folder, 'seen'), 'utf8');
    expect(seen.includes(`id=s,src=${secret}`)).toBe(true);
    expect(seen.includes('hush-hush')).toBe(false);
  });

  test('writes its Dockerfile where only this user can read it', async () => {
    const folder = useScript(
      '[ "$1" = info ] || ls -la "$(dirname "$4")" >"$(dirname "$0")/seen"; exit 1',
    );
    await solve(request(copyAll));
    const seen = readFileSync(join(folder, 'seen'), 'utf8');
    expect(seen).toMatch(/^drwx------.* \.$/m);
    expect(seen).toMatch(/^-rw-------.* Dockerfile\.dockerignore$/m);
  });

  test('kills a command and its children that do not end when asked to', async () => {
    const mark = `6${String(process.pid).padStart(8, '0')}`;
    useScript(`trap '' INT; sh -c "trap '' INT; sleep ${mark}" & echo started >&2; wait; wait`);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const started = performance.now();
    const result = await solve(request(copyAll, { signal: stop.signal }));
    expect(result).toMatchObject({ failure: { kind: 'interrupted' } });
    expect(performance.now() - started).toBeGreaterThan(3000);
    expect(performance.now() - started).toBeLessThan(5000);
    expect(commandLines().filter((line) => line.includes(mark))).toEqual([]);
  }, 10_000);

  test('that was aborted before does not start anything', async () => {
    const folder = useScript('touch "$(dirname "$0")/seen"');
    const result = await solve(request(copyAll, { signal: AbortSignal.abort() }));
    expect(result).toMatchObject({ failure: { kind: 'interrupted' } });
    expect(await readdir(folder)).toEqual(['docker']);
  });

  test('throws the error of a listener and ends the command', async () => {
    useScript(`echo '{"vertexes":[{"digest":"a","name":"b"}]}' >&2; exec sleep 20`);
    const onProgress = () => {
      throw new Error('listener');
    };
    const started = performance.now();
    await expect(solve(request(copyAll, { onProgress }))).rejects.toThrow('listener');
    expect(performance.now() - started).toBeLessThan(5000);
  });

  test('says that the temporary folder cannot be written', async () => {
    setEnvironment('TMPDIR', '/nonexistent');
    const context = '/';
    await expect(solve(request(copyAll, { context }))).rejects.toMatchObject({
      diagnostics: [{ code: 'write-failed', hint: expect.stringContaining('TMPDIR') }],
    });
  });
});

/** The command line of every process, where the system tells them. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        return [readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
}
