import { PkgrError } from '../diagnostics/index.js';

/**
 * NAME=VALUE settings, as `docker buildx build --build-context` takes them; later ones win.
 * @throws PkgrError for each that has no name or no value.
 */
export function namedContexts(settings: readonly string[]): Readonly<Record<string, string>> {
  const given = settings.map((setting) => setting.trim()).filter((setting) => setting !== '');
  const wrong = given.filter((setting) => !/^[^=]+=.+$/.test(setting));
  if (wrong.length > 0) {
    throw new PkgrError(
      wrong.map((setting) => ({
        code: 'invalid-value',
        severity: 'error',
        message: `a build context is written NAME=VALUE, not ${JSON.stringify(setting)}`,
        hint: 'for example public.ecr.aws/sam/build-python3.12:latest-x86_64=docker-image://mirror.example.com/build:3.12',
      })),
    );
  }
  return Object.fromEntries(
    given.map((setting) => {
      const at = setting.indexOf('=');
      return [setting.slice(0, at), setting.slice(at + 1)];
    }),
  );
}
