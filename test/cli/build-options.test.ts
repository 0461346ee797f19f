import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../src/cli/run.js';

/** Runs a command line that needs no engine in a project of juniper. */
async function run(...arguments_: readonly string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'pkgr-cli-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  mkdirSync(join(cwd, 'src'));
  const unit = '{image: "python:3.13", include: [./src]}';
  writeFileSync(join(cwd, 'manifest.yaml'), `functions: {mailer: ${unit}, report: ${unit}}`);
  writeFileSync(join(cwd, 'sls.yml'), `functions: {other: ${unit}}`);
  const said: string[] = [];
  const stream = () => ({ on() {}, off() {}, write: (text: string) => said.push(text) });
  const host = { stdout: stream(), stderr: stream(), env: {}, cwd: () => cwd, on() {}, off() {} };
  const argv = ['node', 'pkgr', ...arguments_];
  const code = await runCli(argv, host as unknown as Parameters<typeof runCli>[1]);
  return { code, said: said.join('') };
}

test('pkgr finds the manifest.yaml of juniper, or takes the one that -m names', async () => {
  expect((await run('plan')).said).toContain('function mailer');
  const named = await run('plan', '-m', 'sls.yml');
  expect(named.said).toContain('function other');
  expect(named.said).toContain('notice: sls.yml is read as a manifest of juniper');
});

test.each([
  ['-f', 'mailre'],
  ['--function-name', 'mailre'],
  ['-s', '-d', '-f', 'mailre'],
  ['--skip-clean', '--debug', '-m', 'manifest.yaml', '-fmailre'],
])("pkgr build takes juni's options %s %s", async (...options) => {
  expect(await run('build', ...options)).toEqual({
    code: 2,
    said: 'error: no function of manifest.yaml has "mailre" in its name [unknown-unit]\n  hint: did you mean mailer?\n',
  });
});
