import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/run.js';
import { type MadeEntry, zipBytes } from '../zip/make-zip.js';
import { installed } from './installed.js';

/** A project's files; a list of entries is written as a zip. */
export type Files = Readonly<Record<string, string | Buffer | readonly MadeEntry[]>>;

/** Writes a project to a folder of its own, which is removed when the test ends. */
export function projectWith(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'pkgr-inspect-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(folder, path), isText ? content : zipBytes(content));
  }
  return folder;
}

/** How the terminal is. */
export interface Screen {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command line in a folder, as on a terminal of so many columns or in a pipe. */
export async function run(
  cwd: string,
  arguments_: readonly string[],
  { columns, env = {} }: Screen = {},
) {
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said) => ({
    on() {},
    off() {},
    write: (text: string) => {
      said[name] += text;
    },
    ...(columns !== undefined && { isTTY: true, columns }),
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const host = { ...streams, env, cwd: () => cwd, on() {}, off() {} };
  const argv = ['node', 'pkgr', ...arguments_];
  const code = await runCli(argv, host as unknown as Parameters<typeof runCli>[1]);
  return { code, ...said };
}

const sdk = {
  boto3: { version: '1.44.5', requires: ['botocore<1.45'] },
  botocore: { version: '1.44.5', files: { 'botocore/data.json': 'x'.repeat(230_000) } },
};
const pandas = {
  pandas: { version: '3.1.1', requires: ['numpy>=1.26; python_version >= "3.11"'] },
  numpy: { version: '2.4.6', files: { 'numpy/core.so': 'x'.repeat(80_000) } },
};

/** Two functions with the SDK, one of them with a layer, as if they had been built. */
export const builtProject: Files = {
  'pkgr.yml': `global: {runtime: python3.12, include: common/}
functions:
  report:
    handler: app.handler
    include: report/
    requirements: [-r requirements/report.txt, six]
    layers: [science]
  mail: {handler: app.handler, include: mail/, requirements: requirements/base.txt}
  later: {handler: app.handler, include: mail/}
layers:
  science: {requirements: requirements/science.txt}
`,
  'requirements/base.txt': '# the SDK\nboto3==1.44.5\n',
  'requirements/report.txt': '-r base.txt\n',
  'requirements/science.txt': 'pandas==3.1.1 \\\n  --hash=sha256:0\n',
  'common/log.py': 'log',
  'report/app.py': 'def handler(event, context): pass',
  'mail/app.py': 'def handler(event, context): pass',
  'dist/report.zip': [
    ...installed({ ...sdk, six: {} }),
    { name: 'app.py', content: 'def handler(event, context): pass' },
    { name: 'log.py', content: 'log' },
  ],
  'dist/mail.zip': [
    ...installed(sdk),
    { name: 'app.py', content: 'def handler(event, context): pass' },
  ],
  'dist/science.zip': [
    ...installed(pandas, 'python/'),
    { name: 'lib/libgomp.so.1', content: 'x'.repeat(9_000) },
  ],
};
