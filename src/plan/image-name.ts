/**
 * An image's name with what Docker puts in where it is short: `debian` is the engine's
 * docker.io/library/debian:latest.
 * @see https://pkg.go.dev/github.com/distribution/reference#ParseNormalizedNamed
 */
export function fullImageName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  const hasRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasRegistry ? rest.join('/') : name;
  const registry = hasRegistry ? first : 'docker.io';
  const isOfficial = registry === 'docker.io' && !path.includes('/');
  const tagged = /[:@]/.test(path) ? path : `${path}:latest`;
  return `${registry}/${isOfficial ? 'library/' : ''}${tagged}`;
}

/** FROM takes a bare name for a stage if there is one of that name; Docker's default tag tells them apart. */
export function neverAStage(image: string): string {
  return /[/:@]/.test(image) ? image : `${image}:latest`;
}
