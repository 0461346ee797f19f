import { platforms, type Unit } from '../project/index.js';
import { imageBehind } from './own-base.js';

/**
 * Whether a unit is built on the very system that its runtime has, so that what is compiled in the
 * image, or taken from it, fits Lambda: on an image of AWS's or lambci's for that runtime, whatever
 * registry mirrors it, or on a Dockerfile that begins from one.
 */
export function isOnRuntimeSystem({ base, runtime, architecture }: Unit): boolean {
  if (runtime === 'any') return false;
  if (base.kind === 'image' && base.at === undefined) return true;
  const image =
    base.kind === 'image' ? base.name : imageBehind({ ...base, platform: platforms[architecture] });
  const version = runtime.slice('python'.length).replace('.', '\\.');
  const names = [
    `sam/build-python${version}`,
    `lambda/python:${version}`,
    `lambci/lambda:(?:build-)?python${version}`,
  ];
  return image !== undefined && new RegExp(`(?:^|/)(?:${names.join('|')})(?![\\d.])`).test(image);
}
