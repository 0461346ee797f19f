import { expect, test } from 'vitest';
import {
  type BuildCommand,
  buildArguments,
  secretVariables,
} from '../../src/engine/build-arguments.js';

const command: BuildCommand = {
  dockerfile: '/tmp/x/Dockerfile',
  context: '/home/me/project',
  target: 'all',
  namedContexts: {},
  secrets: [],
  ssh: false,
  noCache: false,
};

test('a plain solve asks for a tar stream and for messages to be read by a program', () => {
  expect(buildArguments(command, {}).join(' ')).toBe(
    'buildx build -f /tmp/x/Dockerfile --target all --output type=tar,dest=- --progress rawjson --provenance=false /home/me/project',
  );
});

test('everything that is asked for is in the arguments, the context last', () => {
  const all = buildArguments(
    {
      ...command,
      builder: { name: 'b', isContext: false },
      namedContexts: { base: 'docker-image://x:1', 'a=b': '/x' },
      ssh: true,
      noCache: true,
      cacheFrom: ['type=local,src=a', 'ref:b'],
      cacheTo: ['type=inline'],
    },
    {},
  ).join(' ');
  expect(all).toMatch(/^buildx build --builder b -f /);
  expect(all).toMatch(
    / --build-context base=docker-image:\/\/x:1 --build-context a=b=\/x --ssh default --no-cache --cache-from type=local,src=a --cache-from ref:b --cache-to type=inline \/home\/me\/project$/,
  );
});

test('the engine of a context is reached through it, because buildx takes its name for no builder', () => {
  const builder = { name: 'far', isContext: true };
  expect(buildArguments({ ...command, builder }, {}).join(' ')).toMatch(
    /^--context far buildx build --builder far -f /,
  );
});

test('a secret is given by its path, quoted as CSV where the path needs it', () => {
  const secrets = [
    { id: 'ca', file: '/etc/ssl/ca.pem' },
    { id: 'pip', file: '/home/me/a, "b"/pip.conf' },
  ];
  expect(buildArguments({ ...command, secrets }, {})).toEqual(
    expect.arrayContaining([
      'id=ca,src=/etc/ssl/ca.pem',
      'id=pip,"src=/home/me/a, ""b""/pip.conf"',
    ]),
  );
});

test('proxies that are set are named, and their values stay out of the arguments', () => {
  const environment = { HTTPS_PROXY: 'http://me:password@proxy', no_proxy: 'x', HTTP_PROXY: '' };
  const all = buildArguments(command, environment).join(' ');
  expect(all).toContain(' --build-arg HTTPS_PROXY --build-arg no_proxy ');
  expect(all).not.toContain('password');
  expect(all).not.toContain('HTTP_PROXY ');
});

test('the value of a secret is in the environment of the docker command, never in an argument', () => {
  const secretValues = new Map([
    ['env-TOKEN', 'hunter2, "3"'],
    ['env-DOCKER_HOST', 'nowhere'],
  ]);
  const all = buildArguments({ ...command, secretValues }, {});
  expect(all).toEqual(
    expect.arrayContaining([
      'id=env-TOKEN,env=PKGR_SECRET_1',
      'id=env-DOCKER_HOST,env=PKGR_SECRET_2',
    ]),
  );
  expect(all.join(' ')).not.toMatch(/hunter2|nowhere/);
  expect(secretVariables(secretValues)).toEqual({
    PKGR_SECRET_1: 'hunter2, "3"',
    PKGR_SECRET_2: 'nowhere',
  });
});
