import { describe, expect, it } from 'vitest';
import { runtimes } from '../../../src/manifest/index.js';
import { hello, projectOf, told } from './service.js';

const sam = (runtime: string, architecture = 'x86_64') =>
  `public.ecr.aws/sam/build-${runtime}:latest-${architecture}`;
const lambci = ['python3.6', 'python3.7', 'python3.8'];
const withRuntime = (runtime: string, more: object = {}) => ({
  provider: { name: 'aws', runtime, ...more },
});

describe('the image that a function is built in', () => {
  it.each(
    runtimes,
  )("for %s is lambci's where lambci had one, else AWS SAM's with a notice", async (runtime) => {
    const service = withRuntime(runtime);
    const { units } = await projectOf(service);
    const isLambci = lambci.includes(runtime);
    const name = isLambci ? `lambci/lambda:build-${runtime}` : sam(runtime);
    expect(units[0]?.base).toMatchObject({ kind: 'image', name });
    const lines = (await told(service)).filter((line) => line.includes('lambci never had'));
    expect(lines).toEqual(
      isLambci
        ? []
        : [
            `notice: lambci never had an image for ${runtime}: ${sam(runtime)} is used [replaced-default]`,
          ],
    );
  });

  it("for arm64 is AWS SAM's, because lambci had none", async () => {
    const functions = { hello: { ...hello, architecture: 'arm64' } };
    const service = { ...withRuntime('python3.8'), functions };
    const name = sam('python3.8', 'arm64');
    expect((await projectOf(service)).units[0]?.base).toMatchObject({ name });
    expect(await told(service)).toContain(
      `notice: lambci never had an image for python3.8 on arm64: ${name} is used [replaced-default]`,
    );
  });

  it('is that of dockerImage for all runtimes, with no notice, lambda_lib or lambda_bin', async () => {
    const options = { buildDir: '_build', dockerImage: 'example.com/build:3.13' };
    const { units } = await projectOf({ options });
    expect(units[0]?.base).toMatchObject({
      name: 'example.com/build:3.13',
      ignoresLambdaFolders: true,
    });
    expect((await told({ options })).join('\n')).not.toContain('lambci');
  });
});
