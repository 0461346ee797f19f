import type { Finding } from '../finding.js';
import type { Subject } from '../subject.js';
import { andMore, cut, says } from '../words.js';

/**
 * Modules that Lambda's runtime is made of; what a zip has of these names comes first. That it brings
 * boto3 and what belongs to it is usual, and works.
 * @see https://github.com/aws/aws-lambda-python-runtime-interface-client
 */
const ofRuntime: ReadonlySet<string> = new Set([
  'awslambdaric',
  'bootstrap',
  'lambda_runtime_client',
  'lambda_runtime_exception',
  'lambda_runtime_marshaller',
  'runtime_client',
]);

/** Modules of the zip that have the name of one of the runtime's. */
export function shadowedRuntime({ digest }: Subject): readonly Finding[] {
  const modules = digest.contents?.modules ?? [];
  const shadowing = modules.filter(({ name }) => ofRuntime.has(name));
  if (shadowing.length === 0) return [];
  const files = shadowing.map(({ file }) => file);
  const [name, of] = shadowing.length > 1 ? ['names', 'modules'] : ['name', 'a module'];
  const isOwn = shadowing.some((module) => module.of === 'code');
  return [
    {
      code: 'shadowed-runtime',
      severity: 'warning',
      ...says(
        'has',
        'have',
        `${andMore(files, 'module', 'modules')}, with the ${name} of ${of} of Lambda's own runtime`,
      ),
      details: cut(shadowing.map((module) => `${module.name}: ${module.file} (${module.of})`)),
      hint: isOwn
        ? 'rename it, or put it into a package of your own'
        : 'drop the requirement that brings it: Lambda has it itself, in the version that it needs',
    },
  ];
}
