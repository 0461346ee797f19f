import { describe, expect, it } from 'vitest';
import { installers as written } from '../../src/manifest/pkgr/values.js';
import { planProject } from '../../src/plan/index.js';
import { installers, type Unit } from '../../src/project/index.js';
import { at, projectOf, unitOf } from './sample.js';

const requirements: Unit['requirements'] = {
  sources: [{ kind: 'file', path: 'requirements.txt', at }],
  inputs: [{ kind: 'file', path: 'requirements.txt' }],
  usesSsh: false,
};

function plan(...units: Partial<Unit>[]) {
  const all = units.map((own, index) =>
    unitOf(`unit-${index}`, { installer: 'uv', requirements, ...own }),
  );
  return planProject(projectOf(all));
}

it('has the installers that a manifest may name', () => {
  expect(written).toEqual(installers);
});

describe('uv', () => {
  it('is fetched once for all that is installed on the same stage', () => {
    const { installers: fetched, dependencySets } = plan({}, { buildEnvironment: { A: '1' } });
    expect(fetched).toEqual([
      { id: 'python3.11-amd64-uv', on: 'python3.11-amd64', units: ['unit-0', 'unit-1'] },
    ]);
    expect(dependencySets.map(({ uv }) => uv)).toEqual([
      'python3.11-amd64-uv',
      'python3.11-amd64-uv',
    ]);
  });

  it('has a name that no unit has', () => {
    const { installers: fetched } = plan({ name: 'python3.11-amd64-uv' });
    expect(fetched[0]?.id).toBe('python3.11-amd64-uv-2');
  });

  it('and pip make two sets of the same requirements', () => {
    expect(plan({}, { installer: 'pip' }).dependencySets.map(({ uv }) => uv)).toEqual([
      'python3.11-amd64-uv',
      undefined,
    ]);
  });

  const onlyPip: Readonly<Record<string, Partial<Unit>>> = {
    'where the manifest says pip': { installer: 'pip' },
    'without requirements': { requirements: { sources: [], inputs: [], usesSsh: false } },
    'with a pip.conf': { pipconf: { value: 'pip.conf', at } },
    'with secret variables': { secretEnvironment: [{ value: 'TOKEN', at }] },
    'with variables for pip': { buildEnvironment: { PIP_INDEX_URL: 'https://example.com' } },
    'for an old Python': { runtime: 'python3.7' },
    'for a Python that only the image knows': { runtime: 'any' },
    'one file at a time': { installsSeparately: true },
    'over SSH': { requirements: { ...requirements, usesSsh: true } },
    'for a wheel of the project': {
      requirements: { ...requirements, inputs: [{ kind: 'file', path: 'vendor/x.whl' }] },
    },
    'for a folder of the project': {
      requirements: { ...requirements, inputs: [{ kind: 'directory', path: 'lib' }] },
    },
  };
  it.each(Object.entries(onlyPip))('is not used %s', (_, own) => {
    const { installers: fetched, dependencySets } = plan(own);
    expect(fetched).toEqual([]);
    expect(dependencySets.every((set) => set.uv === undefined)).toBe(true);
  });
});
