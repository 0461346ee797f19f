import { machineRuntime } from '../host/python-packages.js';

/**
 * The configuration of a service with one function, packaged without Docker so that it takes a
 * moment; as an object, for every form in which a framework takes it.
 */
export const smallService = {
  service: 'small',
  provider: { name: 'aws', runtime: machineRuntime },
  plugins: ['pkgr'],
  custom: { soclessPackager: { buildDir: '_build', useDocker: false } },
  functions: {
    hello: {
      name: 'hello-${opt:stage, "dev"}',
      handler: 'app.handler',
      package: { include: ['functions/hello'] },
    },
  },
} as const;

/** What the function of the service is made of. */
export const smallSources = {
  'functions/hello/app.py': 'def handler(event, context): return "hello"\n',
} as const;

/** A configuration file in YAML, of which JSON is a part. */
export function yaml(configuration: object): string {
  return `${JSON.stringify(configuration, null, 2)}\n`;
}
