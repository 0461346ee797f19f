import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inBoth } from './service.js';
import { smallService, smallSources, yaml } from './small-service.js';

const { soclessPackager } = smallService.custom;

/** The service with a slip in an option's name. */
const mistyped = (configValidationMode: 'warn' | 'error') => ({
  'serverless.yml': yaml({
    ...smallService,
    configValidationMode,
    custom: { soclessPackager: { ...soclessPackager, globalRequirement: ['./requirements.txt'] } },
  }),
  ...smallSources,
});

describe('a name of an option that is none', () => {
  test('is told by the framework itself, which ends there if it is to', async () => {
    for (const { framework, code, output } of await inBoth(mistyped('error'), ['package'])) {
      expect(code, framework).toBe(1);
      expect(output).toContain(
        "at 'custom.soclessPackager': unrecognized property 'globalRequirement'",
      );
      expect(output).not.toContain('[unknown-key]');
    }
  });

  test('is told by pkgr too, with its place, where the framework only warns', async () => {
    for (const ran of await inBoth(mistyped('warn'), ['package'])) {
      expect(ran.code, ran.framework).toBe(1);
      expect(ran.output).toContain("unrecognized property 'globalRequirement'");
      expect(ran.output).toMatch(/serverless\.yml:\d+:\d+: error: .*\[unknown-key\]/);
      expect(ran.output).toContain('did you mean globalRequirements?');
      expect(existsSync(join(ran.folder, '_build'))).toBe(false);
      expect(ran.output, 'a stack').not.toMatch(/^\s+at .*\.js:\d+/m);
    }
  });
});

test('an option of another type is told by the framework, which takes what it can as that type', async () => {
  const options = { ...soclessPackager, useDocker: 'false', cleanup: 'perhaps' };
  const files = {
    'serverless.yml': yaml({ ...smallService, custom: { soclessPackager: options } }),
    ...smallSources,
  };
  for (const { framework, code, output } of await inBoth(files, ['package'])) {
    expect(code, framework).toBe(1);
    expect(output).toContain("at 'custom.soclessPackager.cleanup': must be boolean");
    expect(output).not.toContain('custom.soclessPackager.useDocker');
    expect(output).toMatch(/error: .*cleanup/);
  }
});
