import type { Architecture, Runtime } from './unit.js';

/**
 * The image that a unit is built in when the manifest names none: the build image that AWS SAM
 * publishes for the runtime, or lambci's for those that are older than SAM's.
 * @see https://gallery.ecr.aws/sam/build-python3.13
 */
export function defaultImage(runtime: Runtime, architecture: Architecture): string {
  if (runtime === 'python3.6' || runtime === 'python3.7') return `lambci/lambda:build-${runtime}`;
  return `public.ecr.aws/sam/build-${runtime}:latest-${architecture}`;
}

/**
 * The clean image of a runtime, without compilers and without pip: what AWS publishes for functions
 * in containers, for both architectures under one name; lambci's for runtimes that are older.
 * @see https://gallery.ecr.aws/lambda/python
 */
export function defaultRuntimeImage(runtime: Runtime): string {
  if (runtime === 'python3.6' || runtime === 'python3.7') return `lambci/lambda:${runtime}`;
  return `public.ecr.aws/lambda/${runtime.replace('python', 'python:')}`;
}
