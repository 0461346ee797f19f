import { readFileSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { BuildCommandOptions } from '../commands/build.js';
import type { ExplainCommandOptions } from '../commands/explain.js';
import type { GenCommandOptions } from '../commands/gen.js';
import type { InspectCommandOptions } from '../commands/inspect.js';
import type { PlanCommandOptions } from '../commands/plan.js';
import type { ManifestOptions } from '../commands/project-options.js';
import type { SbomCommandOptions } from '../commands/sbom.js';
import type { Terminal } from '../commands/terminal.js';
import type { VerifyCommandOptions } from '../commands/verify.js';

/** The command line as commander has it. A command's own code is loaded only when it is run. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('pkgr')
    .description('Packages AWS Lambda functions and layers written in Python.')
    .version(version(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.result(text.trimEnd()),
      writeErr: (text) => terminal.say(text.trimEnd()),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('Run pkgr --help for the commands and their options.');

  serviceOptions(
    program
      .command('init')
      .description('write a first pkgr.yml, from a manifest of another tool or from the folder')
      .option(
        '-m, --manifest <file>',
        'the manifest to start from, when it is not found by itself',
      ),
  ).action(async (options: ManifestOptions) => {
    const { initCommand } = await import('../commands/init.js');
    await initCommand(options, terminal);
  });

  manifestCommand(program, 'plan')
    .description('print what would be built; needs no Docker and no network')
    .option('--json', 'the whole plan, in its documented format')
    .action(async (units: string[], options: PlanCommandOptions) => {
      const { planCommand } = await import('../commands/plan.js');
      await planCommand(units, options, terminal);
    });

  manifestCommand(program, 'gen')
    .description('write Dockerfiles, for docker buildx build used directly')
    .option('-o, --output <folder>', 'where to, inside the project', '.pkgr')
    .option('--check', 'write nothing; exit 1 when the files there are out of date')
    .option('--json', 'print what was written as JSON')
    .action(async (units: string[], options: GenCommandOptions) => {
      const { genCommand } = await import('../commands/gen.js');
      await genCommand(units, options, terminal);
    });

  const build = manifestCommand(program, 'build')
    .description('build zips into the output folder, touching only those that changed')
    .addOption(
      new Option('--engine <engine>', 'docker, or host to pack on this machine itself')
        .choices(['docker', 'host'])
        .default(undefined, 'docker, or what the manifest prefers'),
    )
    .option('--verify', "import each function in its runtime's clean image, as pkgr verify does")
    .option(
      '--check-reproducible',
      'build twice without the cache and compare, naming the first file and byte that differ',
    );
  engineOptions(build)
    .option('-f, --function-name <part>', 'functions with this in their names, and all layers')
    .option(
      '-s, --skip-clean',
      'keep zips of units that are gone, which a manifest.yml has removed',
    )
    .option('--json', 'print the results as JSON')
    .action(async (units: string[], options: BuildCommandOptions) => {
      const { buildCommand } = await import('../commands/build.js');
      await buildCommand(units, options, terminal);
    });

  const verify = manifestCommand(program, 'verify').description(
    "import each function in its runtime's clean image, from its zip and its layers",
  );
  engineOptions(verify)
    .option('--json', 'print the results as JSON')
    .action(async (units: string[], options: VerifyCommandOptions) => {
      const { verifyCommand } = await import('../commands/verify.js');
      await verifyCommand(units, options, terminal);
    });

  manifestCommand(
    program,
    'inspect',
    '[unit|zip...]',
    'functions, layers, and zips; all units when none is named',
  )
    .description('tell what is in zips, by package, and why; unpacks and writes nothing')
    .addOption(new Option('--json', 'print it as JSON, in its documented format').conflicts('html'))
    .option('--html <file>', 'write it as a page with a treemap, which needs no network')
    .addOption(
      new Option(
        '--diff <old>',
        'tell how they differ from an earlier zip, or from the zips of an artifacts.json',
      ).conflicts('html'),
    )
    .action(async (names: string[], options: InspectCommandOptions) => {
      const { inspectCommand } = await import('../commands/inspect.js');
      await inspectCommand(names, options, terminal);
    });

  manifestCommand(program, 'sbom')
    .description('list what is in zips as a bill of materials, CycloneDX 1.6 JSON')
    .option('-o, --output <file>', 'where to, instead of stdout')
    .action(async (units: string[], options: SbomCommandOptions) => {
      const { sbomCommand } = await import('../commands/sbom.js');
      await sbomCommand(units, options, terminal);
    });

  manifestCommand(program, 'explain')
    .description('tell why units were built or not, and what has changed since; builds nothing')
    .option(
      '--builder <name>',
      'the builder that builds them, if it is not the chosen one, or several',
    )
    .addOption(buildContextOption())
    .option('--json', 'print the answer as JSON')
    .action(async (units: string[], options: ExplainCommandOptions) => {
      const { explainCommand } = await import('../commands/explain.js');
      await explainCommand(units, options, terminal);
    });

  return program;
}

/** Images that stand in for those of the plan, as the build is given them. */
function buildContextOption(): Option {
  return repeatable(
    '--build-context <name=value>',
    'take an image of the plan from elsewhere, as docker buildx build does; repeatable',
    'none, or the lines of PKGR_BUILD_CONTEXTS',
  );
}

/** An option that is taken again and again. */
function repeatable(flags: string, description: string, without = 'none'): Option {
  return new Option(flags, description)
    .argParser((value: string, before: string[]) => [...before, value])
    .default([], without);
}

/** What every command that builds with the engine takes. */
function engineOptions(command: Command): Command {
  return command
    .option('--no-cache', 'install and pack everything anew')
    .option(
      '--builder <name>',
      'a builder of docker buildx, or a context of docker, instead of the chosen one; several, separated by commas, share the units',
    )
    .addOption(
      repeatable(
        '--cache-from <spec>',
        'a cache to read, as docker buildx build takes it; repeatable',
      ),
    )
    .addOption(
      repeatable(
        '--cache-to <spec>',
        'a cache to write, as docker buildx build takes it; repeatable',
      ),
    )
    .option('--netrc <file>', 'credentials for package indexes; given to pip as a secret')
    .addOption(buildContextOption())
    .option('-d, --debug', 'print every line of every step, and keep the Dockerfile');
}

/** What every command that reads a manifest takes. */
function manifestCommand(
  program: Command,
  name: string,
  argument = '[unit...]',
  meaning = 'functions and layers; all of them when none is named',
): Command {
  return serviceOptions(
    program
      .command(name)
      .argument(argument, meaning)
      .option(
        '-m, --manifest <file>',
        'the manifest, when it is not pkgr.yml, manifest.yml or serverless.yml in this folder',
      ),
  );
}

/** What variables of a serverless.yml take their values from. */
function serviceOptions(command: Command): Command {
  return command
    .option('--stage <stage>', 'the stage of a serverless.yml')
    .option('--region <region>', 'the region of a serverless.yml')
    .addOption(
      namedValues('--opt', 'an option that a serverless.yml asks for as opt:NAME; repeatable'),
    )
    .addOption(
      namedValues(
        '--param',
        'a parameter that a serverless.yml asks for as param:NAME; repeatable',
      ),
    );
}

/** An option that takes NAME=VALUE, again and again. */
function namedValues(flag: string, description: string): Option {
  return new Option(`${flag} <name=value>`, description)
    .argParser((value: string, before: Readonly<Record<string, string>>) => {
      const [, name, text] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
      if (name === undefined || text === undefined) {
        throw new InvalidArgumentError('It is written NAME=VALUE.');
      }
      return { ...before, [name]: text };
    })
    .default({}, 'none');
}

function version(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
