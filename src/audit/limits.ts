/**
 * What Lambda takes.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const limits = {
  /** Bytes of a zip that is given to Lambda directly: "50 MB", of 1,048,576 bytes each. */
  zipped: 52_428_800,
  /** Bytes of a function and its layers together when unpacked. */
  unzipped: 262_144_000,
  /** Layers of one function. */
  layers: 5,
} as const;

/** From this part of a limit on it is worth telling how near it is. */
const NEAR = 0.8;

/** Where a number is: below 80 % of its limit, near it, or above. */
export function against(number: number, limit: number): 'below' | 'near' | 'above' {
  if (number > limit) return 'above';
  return number >= limit * NEAR ? 'near' : 'below';
}

/** Such as `94 %`; never 100 % of what is below the limit. */
export function share(number: number, limit: number): string {
  return `${Math.floor((number / limit) * 100)} %`;
}
