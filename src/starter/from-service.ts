import type { Project, Unit } from '../project/index.js';

/**
 * The name of a unit in pkgr.yml, which names its zip after it: that of the zip, as far as one in
 * the output folder itself can be named so.
 */
export function zipName({ name, zip }: Unit, output: string): string {
  const [, inOutput] = zip.startsWith(`${output}/`)
    ? (/^([^/]+)\.zip$/.exec(zip.slice(output.length + 1)) ?? [])
    : [];
  return inOutput ?? name;
}

/** What of a service of the Serverless Framework is otherwise in a pkgr.yml, a sentence each. */
export function serviceDecisions({
  units,
  output,
  preferences,
  secretValues,
}: Project): readonly string[] {
  const some = (has: (unit: Unit) => boolean) => units.some(has);
  const decisions: string[] = [];
  const keyed = units.filter(
    ({ name, key, zip }) => zip !== `${output}/${name}.zip` || name !== key,
  );
  if (keyed.some(({ kind }) => kind === 'function')) {
    decisions.push('Names are those of the zips, for the stage and the options that were given.');
  }
  const elsewhere = units.filter((unit) => unit.zip !== `${output}/${zipName(unit, output)}.zip`);
  if (elsewhere.length > 0) {
    decisions.push(
      `pkgr.yml has all zips in one folder: ${elsewhere.map(({ zip }) => zip).join(', ')} is ${output}/NAME.zip.`,
    );
  }
  if (some(({ packagesOverCode }) => packagesOverCode)) {
    decisions.push(
      'Your code lies over packages of the same name; the plugin had it the other way round.',
    );
  }
  if (some(({ installsSeparately }) => installsSeparately)) {
    decisions.push(
      'All requirements files of a function are resolved together, in one run of pip.',
    );
  }
  const wider = units.filter((unit) => !staysInFolder(unit)).map(({ name }) => name);
  if (wider.length > 0) {
    decisions.push(
      `exclude of ${wider.join(', ')} holds for all that is included, not for one folder: look whether it leaves out too much.`,
    );
  }
  const secret = new Set(
    units.flatMap(({ secretEnvironment }) => secretEnvironment.map(({ value }) => value)),
  );
  if (secret.size > 0 || secretValues.size > 0) {
    decisions.push(
      `pkgr.yml has no secret variables (${[...secret].join(', ')}): credentials go into a pipconf, or to --netrc.`,
    );
  }
  if (some(({ offersSsh }) => offersSsh)) {
    decisions.push('pip gets the SSH agent where a requirement is fetched by git over SSH.');
  }
  if (some(({ base }) => base.kind === 'image' && base.ignoresLambdaFolders === true)) {
    decisions.push(
      'What the image has in /var/task/lambda_lib and /var/task/lambda_bin is carried, if anything.',
    );
  }
  if (preferences.engine === 'host') {
    decisions.push('To build without Docker, as before: pkgr build --engine host.');
  }
  if (preferences.abortsOnFailure === false) {
    decisions.push('A unit that cannot be built ends the command with exit code 1.');
  }
  return decisions;
}

/**
 * Whether what is left out of each include, said of the whole unit, leaves out the same: what is said
 * of one include only must be about its own folder, in which no other include is.
 */
function staysInFolder({ include }: Unit): boolean {
  return include.every((one) =>
    include.every((other) => {
      const added = (one.exclude ?? []).filter((line) => !(other.exclude ?? []).includes(line));
      const isApart = !isBelow(other.from, one.from) && !isBelow(one.from, other.from);
      const isOwn = (line: string) => isBelow(line.replace(/^!/, ''), one.from) && one.from !== '';
      return added.length === 0 || (isApart && added.every(isOwn));
    }),
  );
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
