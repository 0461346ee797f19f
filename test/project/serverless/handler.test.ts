import { describe, expect, it } from 'vitest';
import { code, hello, projectOf, told } from './service.js';

const files = { ...code, 'functions/hello/sub/app.py': '', 'functions/hello/sub/__init__.py': '' };

function withHandler(handler: string, more: Readonly<Record<string, unknown>> = {}) {
  return { functions: { hello: { ...hello, handler, ...more } } };
}

describe('a handler', () => {
  it.each([
    'lambda.handler',
    'sub/app.main',
    'sub.app.main',
    'sub.main',
    'helpers.x',
  ])('%s whose file is in the zip is fine', async (handler) => {
    await expect(projectOf(withHandler(handler), files)).resolves.toBeDefined();
  });

  it.each([
    ['lamda.handler', 'lamda.py', 'did you mean lambda.handler?'],
    ['functions/hello/lambda.handler', 'functions/hello/lambda.py', 'did you mean lambda.handler?'],
    ['nothing.like', 'nothing.py', 'include the folder that it is in, or correct the handler'],
  ])('%s without its file is refused', async (handler, file, hint) => {
    const lines = await told(withHandler(handler), files);
    expect(lines).toContain(
      `error: the zip of hello has no ${file}, which the handler ${handler} names [handler-not-found]`,
    );
    expect(lines.join('\n')).toContain(`  hint: ${hint}`);
  });

  it('without a module is refused', async () => {
    expect(await told(withHandler('handler'), files)).toContain(
      'error: "handler" is not a handler [invalid-value]',
    );
  });

  it('may be that of a package, of a layer, or unchecked when the service says so', async () => {
    const packages = { ...files, 'functions/hello/requirements.txt': 'six\nsentry-sdk[aws]>=2\n' };
    await expect(projectOf(withHandler('sentry_sdk.handler.x'), packages)).resolves.toBeDefined();
    const layers = ['arn:aws:lambda:eu-west-1:1:layer:datadog:3'];
    await expect(projectOf(withHandler('datadog.x', { layers }), files)).resolves.toBeDefined();
    const options = { buildDir: '_build', checkHandlers: false };
    await expect(
      projectOf({ ...withHandler('made.later'), options }, files),
    ).resolves.toBeDefined();
  });

  it('is not looked for where an include is wrong', async () => {
    const broken = { ...hello, package: { include: ['functions/helo'] } };
    const lines = await told({ functions: { hello: broken } }, files);
    expect(lines.join('\n')).not.toContain('handler-not-found');
  });
});
