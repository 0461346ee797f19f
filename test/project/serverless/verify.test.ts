import { expect, it } from 'vitest';
import { code, load, projectOf } from './service.js';

const options = (more: object) => ({ options: { buildDir: '_build', ...more } });

it('the options verify and verifyImage hold for every function and layer of a service', async () => {
  const { units } = await projectOf(
    {
      ...options({
        verify: { env: { TABLE: 'orders', SIZE: '3' } },
        verifyImage: 'clean:1',
        packageLayers: true,
      }),
      layers: { tools: { path: 'tools' } },
    },
    { ...code, 'tools/python/tools.py': '' },
  );
  expect(units.map(({ name }) => name)).toEqual(['hello', 'tools']);
  for (const { verify, verifyImage } of units) {
    expect(verify).toEqual({ mode: 'imports', environment: { TABLE: 'orders', SIZE: '3' } });
    expect(verifyImage?.value).toBe('clean:1');
  }
});

it.each([
  ['off', 'off'],
  ['imports', 'imports'],
  [undefined, 'imports'],
])('verify: %s means %s', async (verify, mode) => {
  const { units } = await projectOf(options(verify === undefined ? {} : { verify }));
  expect(units.map((unit) => unit.verify)).toEqual([{ mode, environment: {} }]);
});

it.each([
  [{ verify: false }, /verify/],
  [{ verify: { environment: {} } }, /"environment".*did you mean env|no key "environment"/],
  [{ verify: { env: { 'A-B': '1' } } }, /A-B/],
  [{ verifyImage: 'clean:1 --rm' }, /verifyImage|clean:1 --rm/],
])('%j is refused', async (wrong, words) => {
  const { project, diagnostics } = await load(options(wrong));
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.length).toBe(1);
  expect(errors.map(({ message, hint }) => `${message} ${hint}`).join()).toMatch(words);
  expect(project === undefined || errors.length > 0).toBe(true);
});
