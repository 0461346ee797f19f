import { expect, it } from 'vitest';
import { generateDockerfiles } from '../../src/dockerfile/index.js';
import { planProject } from '../../src/plan/index.js';
import { at, projectOf, requirementsOf, unitOf } from '../plan/sample.js';

async function dockerfileOf(own: Parameters<typeof unitOf>[1]): Promise<string> {
  const requirements = requirementsOf(['own.txt', 'global.txt']);
  const project = projectOf([unitOf('hello', { requirements, ...own })]);
  const [file] = await generateDockerfiles(planProject(project), '.pkgr');
  return file?.text ?? '';
}

it('mounts a secret variable by its name, and says in the header how it is given', async () => {
  const secretEnvironment = [{ value: 'TOKEN', at }];
  const text = await dockerfileOf({ secretEnvironment });
  expect(text).toContain('--mount=type=secret,id=env-TOKEN');
  expect(text).toContain('--secrets=/run/secrets');
  expect(text).toContain('--secret-variable=TOKEN');
  expect(text).toContain('docker buildx build -f .pkgr/Dockerfile --secret id=env-TOKEN,env=TOKEN');
});

it('gives the SSH agent to a step that asks for it without a requirement that needs it', async () => {
  expect(await dockerfileOf({ offersSsh: true })).toContain('--mount=type=ssh');
  expect(await dockerfileOf({})).not.toContain('--mount=type=ssh');
});

it('has files installed one by one only where there are several', async () => {
  expect(await dockerfileOf({ installsSeparately: true })).toContain('--separately');
  const one = requirementsOf(['own.txt']);
  expect(await dockerfileOf({ installsSeparately: true, requirements: one })).not.toContain(
    '--separately',
  );
});

it('packs packages after code where they are to take its place', async () => {
  const order = (text: string) => [text.indexOf('--as=packages'), text.indexOf('--as=code')];
  const [packages = 0, code = 0] = order(await dockerfileOf({}));
  expect(packages).toBeLessThan(code);
  const [over = 0, under = 0] = order(await dockerfileOf({ packagesOverCode: true }));
  expect(over).toBeGreaterThan(under);
});

it('exports a zip by the name that its artifact has', async () => {
  const text = await dockerfileOf({ zip: 'dist/below/other.zip' });
  expect(text).toContain('--output=/pkgr/out/below/other.zip');
});
