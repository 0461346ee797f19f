import { describe, expect, it } from 'vitest';
import { planProject } from '../../../src/plan/index.js';
import { projectOf, told, unitOf } from './juniper-project.js';

const builtIn = async (unit: string) => {
  const { runtime, base } = await unitOf(`{include: [./src], ${unit}}`);
  return [runtime, base.kind === 'image' ? base.name : base.path];
};

describe('the runtime of a juniper manifest', () => {
  it.each([
    ['lambci/lambda:build-python3.7', 'python3.7'],
    ['python:3.8-slim', 'python3.8'],
    ['public.ecr.aws/lambda/python:3.11.2024.01.02', 'python3.11'],
    ['public.ecr.aws/sam/build-python3.12:latest-x86_64', 'python3.12'],
    ['team/python-3.9-build', 'python3.9'],
    ['team/python3.9:python3.10', 'python3.10'],
    ['amazon/python3:3.9', 'python3.9'],
    ['python:3', 'any'],
    ['python:latest', 'any'],
    ['python:3.99', 'any'],
    ['juniper/xmlsec', 'any'],
    ['python3.example.com:5000/team/build', 'any'],
  ])('in the image %s is %s', async (image, runtime) => {
    expect(await builtIn(`image: "${image}"`)).toEqual([runtime, image]);
  });

  it("is python3.6 in juniper's image when no image is named", async () => {
    expect(await builtIn('')).toEqual(['python3.6', 'lambci/lambda:build-python3.6']);
  });

  it('can be said, and then decides about the image that is not named', async () => {
    expect(await builtIn('runtime: python3.9')).toEqual([
      'python3.9',
      'public.ecr.aws/sam/build-python3.9:latest-x86_64',
    ]);
    expect(await builtIn('runtime: python3.9, image: juniper/xmlsec')).toEqual([
      'python3.9',
      'juniper/xmlsec',
    ]);
  });

  it('is that of the image of the unit, of global, or the default, in this order', async () => {
    const { units } = await projectOf(`
global: {image: lambci/lambda:build-python3.7}
functions:
  own: {image: "python:3.8", include: [./src]}
  shared: {include: [./src]}
  unknown: {image: juniper/xmlsec, include: [./src]}
`);
    expect(units.map(({ runtime }) => runtime)).toEqual(['python3.8', 'python3.7', 'any']);
    const said = await projectOf(`
global: {runtime: python3.9}
functions:
  own: {image: "python:3.8", include: [./src]}
  unknown: {image: juniper/xmlsec, include: [./src]}
`);
    expect(said.units.map(({ runtime }) => runtime)).toEqual(['python3.8', 'python3.9']);
  });

  it('is not checked by the program that installs, where only the image knows it', async () => {
    const { dependencySets, bases } = planProject(
      await projectOf('layers: {a: {image: juniper/xmlsec, requirements: ./requirements.txt}}'),
    );
    expect(dependencySets.map(({ runtime }) => runtime)).toEqual(['any']);
    expect(bases).toMatchObject([{ id: 'python-amd64', image: 'juniper/xmlsec' }]);
  });

  it('of an image for Python 2 is refused', async () => {
    expect(
      await told('functions: {a: {image: "lambci/lambda:build-python2.7", include: [./src]}}'),
    ).toEqual([
      'manifest.yml:1:25: error: the image lambci/lambda:build-python2.7 is for Python 2.7, which pkgr cannot build for [unsupported-runtime]',
      '  hint: choose an image of Python 3.6 or later; if its name misleads, add runtime: python3.N',
    ]);
  });
});
