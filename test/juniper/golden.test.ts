import { expect, test } from 'vitest';
import { generateDockerfiles } from '../../src/dockerfile/index.js';
import { planProject } from '../../src/plan/index.js';
import { loadProject } from '../../src/project/index.js';
import { newProject } from './project.js';

// What changes here changes for every user: read the difference, then `npx vitest run test/juniper -u`.
test.each([
  'Dockerfile',
  'Dockerfile.dockerignore',
])('a project of juniper gives the %s that is expected', async (name) => {
  const { project } = await loadProject({
    cwd: await newProject(),
    today: new Date('2026-01-01'),
  });
  if (project === undefined) throw new Error('the manifest cannot be read');
  const files = await generateDockerfiles(planProject(project), '.pkgr');
  const text = files.find(({ path }) => path === name)?.text;
  await expect(text).toMatchFileSnapshot(`expected/${name}`);
});
