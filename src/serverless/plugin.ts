import { readFileSync } from 'node:fs';
import { cleanUp } from './clean-up.js';
import type { CommandOptions, Door, Framework, Writers } from './framework.js';
import { packageFunction, packageService } from './package-service.js';
import { asFrameworkError, literally } from './tell.js';

/** Packages the Python functions of a service; its options are in custom.soclessPackager. */
export class PkgrPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;

  constructor(framework: Framework, options: CommandOptions, writers: Writers) {
    framework.configSchemaHandler.defineCustomProperties({
      properties: { soclessPackager: optionsSchema() },
    });
    const door = { framework, options, writers: literally(writers) };
    const hook = (work: (door: Door) => Promise<void>) => () =>
      work(door).catch((error: unknown) => {
        throw asFrameworkError(error, door);
      });
    this.hooks = {
      'before:package:createDeploymentArtifacts': hook(packageService),
      // What `deploy function` packages its function by.
      'before:package:function:package': hook(packageFunction),
      'after:deploy:deploy': hook(cleanUp),
    };
  }
}

/** The options as JSON Schema, with which the framework itself checks them. */
function optionsSchema(): object {
  const file = new URL('../../schema/socless-packager.schema.json', import.meta.url);
  const { $schema: _, ...schema } = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    object
  >;
  return schema;
}
