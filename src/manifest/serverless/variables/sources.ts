import { nearest } from '../../../diagnostics/index.js';
import type { ReadVariableFile } from './files.js';
import type { VariableInputs } from './inputs.js';
import { nothing, type Outcome, resolved, unknown } from './outcome.js';

/** One source of a variable, with what its own variables stand for put in. */
export interface Asked {
  readonly type: string;
  readonly params: readonly unknown[];
  /** Undefined when there is none. */
  readonly address: string | undefined;
}

/** What sources take their values from. */
export interface SourceWorld {
  readonly inputs: VariableInputs;
  readonly readFile: ReadVariableFile;
  /** The property of the service itself. */
  readonly property: (path: readonly string[]) => Outcome;
  /** The keys that a mapping of the service has; none of anything else. */
  readonly keys: (path: readonly string[]) => readonly string[];
}

type Source = (asked: Asked, world: SourceWorld) => Outcome;

/** Sources that need AWS, or a plugin that asks elsewhere. */
const elsewhere: Readonly<Record<string, string>> = {
  cf: 'it is an output of a stack in AWS',
  ssm: 'it is a parameter in AWS',
  s3: 'it is an object in AWS',
  aws: 'only AWS knows it',
  git: 'the plugin for it is not run',
};

/** The value of one source; null is that it has none. */
export function valueOfSource(asked: Asked, world: SourceWorld): Outcome {
  const type = asked.type.replace(/\(.*$/, '');
  if (Object.hasOwn(sources, type)) return sources[type]?.(asked, world) ?? nothing;
  const [family = ''] = type.split(/[.-]/);
  const why = Object.hasOwn(elsewhere, family)
    ? elsewhere[family]
    : `pkgr knows no source ${JSON.stringify(type)}`;
  return unknown(
    why ?? '',
    'write the value itself, or package with the plugin, which the framework gives all values',
  );
}

const sources: Readonly<Record<string, Source>> = {
  self: ({ address }, { property }) => property(keysOf(address)),
  env({ address = '' }, { inputs }) {
    return resolved(own(inputs.environment, address) ?? null);
  },
  opt({ address }, { inputs }) {
    const options = optionsOf(inputs);
    return resolved(address === undefined ? options : (own(options, address) ?? null));
  },
  param({ address = '' }, world) {
    const given = own(world.inputs.params, address);
    if (given !== undefined) return resolved(given);
    const stage = stageOf(world);
    if (stage.kind === 'unknown') return stage;
    const ofStage = world.property(['params', String(stage.value), address]);
    if (ofStage.kind === 'unknown' || ofStage.value !== null) return ofStage;
    return world.property(['params', 'default', address]);
  },
  sls({ address }, world) {
    if (address === 'stage') return stageOf(world);
    // The framework makes one up for each run, after which a zip could not be called.
    if (address === 'instanceId') return resolved('pkgr');
    return unknown(`sls has no ${JSON.stringify(address ?? '')}`, 'write sls:stage');
  },
  aws(asked, world) {
    if (asked.address !== 'region') return unknown(elsewhere.aws ?? '', 'write the value itself');
    if (world.inputs.region !== undefined) return resolved(world.inputs.region);
    const region = world.property(['provider', 'region']);
    return region.kind === 'value' && region.value === null ? resolved('us-east-1') : region;
  },
  strToBool({ params: [given] }) {
    const text = String(given ?? '')
      .trim()
      .toLowerCase();
    if (text === 'true' || text === '1') return resolved(true);
    if (text === 'false' || text === '0') return resolved(false);
    return unknown(`${JSON.stringify(text)} is neither true nor false`, 'give true, false, 1 or 0');
  },
  file({ params: [path], address }, { readFile }) {
    if (typeof path !== 'string') {
      return unknown('a file is named in brackets', 'write file(name.yml):key');
    }
    const content = readFile(path);
    return content.kind === 'unknown' ? content : propertyOf(content.value, keysOf(address));
  },
};

/** The stage as the framework finds it: of the command line, of the provider, or dev. */
export function stageOf({ inputs, property }: SourceWorld): Outcome {
  if (inputs.stage !== undefined) return resolved(inputs.stage);
  const stage = property(['provider', 'stage']);
  return stage.kind === 'value' && stage.value === null ? resolved('dev') : stage;
}

/** What versions 1 and 2 of the framework filled in; version 3 has an error in their place. */
const formerDefaults: Readonly<Record<string, string>> = {
  'provider.stage': 'dev',
  'provider.region': 'us-east-1',
};

/** What a variable stands for of which no source had a value. */
export function absent({ type, address, params }: Asked, world: SourceWorld): Outcome {
  const name = address ?? '';
  switch (type === 'self' && Object.hasOwn(formerDefaults, name) ? 'former' : type) {
    case 'former':
      return resolved(formerDefaults[name]);
    case 'opt':
      return unknown(
        `the command line has no option ${name}`,
        name === 'stage' || name === 'region'
          ? `add --${name} ${name.toUpperCase()}`
          : `add --opt ${name}=VALUE`,
      );
    case 'env':
      return unknown(
        `the environment has no variable ${name}`,
        `set it, or write a default: \${env:${name}, 'default'}`,
      );
    case 'param':
      return unknown(
        `there is no parameter ${name}`,
        `add --param ${name}=VALUE, or params: to it`,
      );
    case 'file': {
      const file = String(params[0] ?? '');
      const what = address === undefined ? file : `${address} in ${file}`;
      return unknown(`there is no ${what}`, 'correct the name, or write a default behind a comma');
    }
    default: {
      const keys = keysOf(address);
      const near = nearest(keys.at(-1) ?? '', world.keys(keys.slice(0, -1)));
      return unknown(
        `the service has no ${name}`,
        near === undefined
          ? 'correct the name, or write a default behind a comma'
          : `did you mean ${[...keys.slice(0, -1), near].join('.')}?`,
      );
    }
  }
}

/** `custom.a.0` as keys; none for the whole. */
function keysOf(address: string | undefined): readonly string[] {
  return address === undefined || address === '' ? [] : address.split('.');
}

function propertyOf(content: unknown, keys: readonly string[]): Outcome {
  let value = content;
  for (const key of keys) {
    if (!isRecord(value) || !Object.hasOwn(value, key)) return nothing;
    value = value[key];
  }
  return resolved(value ?? null);
}

function optionsOf({ stage, region, options }: VariableInputs): Readonly<Record<string, string>> {
  const all: Record<string, string> = Object.assign(Object.create(null), options);
  if (stage !== undefined) all.stage = stage;
  if (region !== undefined) all.region = region;
  return all;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** A mapping or a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
