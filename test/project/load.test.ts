import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDiagnostics } from '../../src/diagnostics/index.js';
import { type LoadOptions, loadProject } from '../../src/project/index.js';
import { sampleProject, today } from './sample-project.js';

const unit = 'functions: {hello: {runtime: python3.13, include: app.py}}';

async function told(options: Omit<LoadOptions, 'today'>): Promise<string> {
  const { project, diagnostics } = await loadProject({ ...options, today });
  expect(project === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  return formatDiagnostics(diagnostics);
}

describe('the manifest', () => {
  it('is pkgr.yml in the folder in which pkgr is run', async () => {
    const root = sampleProject({ 'pkgr.yml': unit, 'app.py': '' });
    const { project } = await loadProject({ cwd: root, today });
    expect(project).toMatchObject({ root, manifest: 'pkgr.yml', output: 'dist' });
  });

  it('is the file that -m names, and its folder is the project', async () => {
    const cwd = sampleProject({ 'deep/service.yaml': unit, 'deep/app.py': '' });
    const expected = { root: join(cwd, 'deep'), manifest: 'service.yaml' };
    const relative = await loadProject({ cwd, manifest: 'deep/service.yaml', today });
    expect(relative.project).toMatchObject(expected);
    const absolute = join(cwd, 'deep/service.yaml');
    expect((await loadProject({ cwd, manifest: absolute, today })).project).toMatchObject(expected);
  });

  it('may lie deeper than the project folder, when that is given', async () => {
    const root = sampleProject({ 'deep/pkgr.yml': unit, 'app.py': '' });
    const options = { cwd: join(root, 'deep'), root, manifest: 'pkgr.yml', today };
    const { project } = await loadProject(options);
    expect(project).toMatchObject({ root, manifest: 'deep/pkgr.yml' });
    expect(project?.units[0]?.at).toEqual({ file: 'deep/pkgr.yml', line: 1, column: 13 });
  });

  it('must not lie outside the project folder', async () => {
    const root = sampleProject({ 'pkgr.yml': unit, 'deep/app.py': '' });
    expect(await told({ cwd: root, root: 'deep', manifest: 'pkgr.yml' })).toBe(
      [
        'error: the manifest ../pkgr.yml is not in the project folder [outside-project]',
        '  hint: its paths start from the project folder, so keep it there',
      ].join('\n'),
    );
  });

  it('that does not exist is told with the one that was probably meant', async () => {
    const cwd = sampleProject({ 'pkgr.yaml': '', 'a.txt': '' });
    expect(await told({ cwd })).toBe(
      [
        'error: there is no pkgr.yml, manifest.yml, manifest.yaml, serverless.yml or serverless.yaml in this folder [manifest-not-found]',
        '  hint: did you mean -m pkgr.yaml?',
      ].join('\n'),
    );
    expect(await told({ cwd, manifest: 'x/other.yml' })).toBe(
      [
        'error: x/other.yml does not exist [manifest-not-found]',
        '  hint: create it, run pkgr in its folder, or name another with -m FILE',
      ].join('\n'),
    );
    expect(await told({ cwd: join(cwd, 'nowhere') })).toContain('[manifest-not-found]');
  });

  it('that cannot be read is told', async () => {
    const cwd = sampleProject({ 'pkgr.yml/': '', round: { link: 'round' } });
    expect(await told({ cwd })).toBe(
      [
        'error: pkgr.yml is a folder [manifest-unreadable]',
        '  hint: name the file in it, such as pkgr.yml',
      ].join('\n'),
    );
    expect(await told({ cwd, manifest: 'round' })).toBe(
      [
        'error: round cannot be read: ELOOP [manifest-unreadable]',
        '  hint: check its permissions',
      ].join('\n'),
    );
  });

  it('is still checked for the rest when a key is written twice', async () => {
    const cwd = sampleProject({ 'pkgr.yml': `${unit}\nfunctions: {}\noutputs: x\n` });
    const codes = (await told({ cwd })).match(/\[[a-z-]+\]$/gm);
    expect(codes).toEqual(['[missing-file]', '[duplicate-key]', '[unknown-key]']);
  });
});

describe('the end of a runtime', () => {
  const manifest = [
    'global: {runtime: python3.9, include: app.py}',
    'functions:',
    '  a: {}',
    '  b: {runtime: python3.10}',
    '  c: {runtime: python3.10}',
    '  d: {runtime: python3.13}',
  ].join('\n');

  it('is told by the day that is given, once for each runtime', async () => {
    const cwd = sampleProject({ 'pkgr.yml': manifest, 'app.py': '' });
    const on = async (day: string) => {
      const { diagnostics } = await loadProject({ cwd, today: new Date(`${day}T10:00:00Z`) });
      return formatDiagnostics(diagnostics)
        .split('\n')
        .filter((line) => !line.includes('hint'));
    };
    expect(await on('2025-06-17')).toEqual(['']);
    expect(await on('2025-06-18')).toEqual([
      'pkgr.yml:1:19: notice: AWS ends the support of python3.9 on 2025-12-15 [deprecated-runtime]',
    ]);
    expect(await on('2025-12-15')).toEqual([
      'pkgr.yml:1:19: warning: AWS ended the support of python3.9 on 2025-12-15 [deprecated-runtime]',
    ]);
    expect(await on('2026-11-01')).toEqual([
      'pkgr.yml:1:19: warning: AWS ended the support of python3.9 on 2025-12-15 [deprecated-runtime]',
      'pkgr.yml:4:16: warning: AWS ended the support of python3.10 on 2026-10-31 [deprecated-runtime]',
    ]);
  });

  it('keeps nothing from being built', async () => {
    const cwd = sampleProject({ 'pkgr.yml': manifest, 'app.py': '' });
    const { project } = await loadProject({ cwd, today: new Date('2030-01-01') });
    expect(project?.units).toHaveLength(4);
  });
});
