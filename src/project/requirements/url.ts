import type { Refusal } from './marker.js';
import { quote } from './quote.js';
import type { Target } from './target.js';

/** Schemes of pip's version control systems, as they stand in a requirement. */
const repository =
  /^(git\+(https?|ssh|git|file)|hg\+(https?|ssh|file|static-http)|svn\+(https?|ssh|svn|file)|bzr\+(https?|ssh|sftp|ftp|lp|file))$/;
const transfer = /^(https?|file|ftp)$/;

/** git's user@host:path, which is no URL. */
const scpPath = /^(?:git\+)?([\w.-]+@[\w.-]+):(?!\/\/)(.*)$/;

/** What stands before the colon, in lower case, if it can be a scheme at all. */
export function schemeOf(text: string): string | undefined {
  return /^([a-z][a-z0-9+.-]{0,30}):/i.exec(text)?.[1]?.toLowerCase();
}

/** Whether pip takes the text for a URL (its is_url), and not for a path or a name. */
export function isUrl(text: string): boolean {
  const scheme = schemeOf(text);
  return scheme !== undefined && (transfer.test(scheme) || repository.test(scheme));
}

/** Whether it is written as git's user@host:path. */
export function isScpPath(text: string): boolean {
  return scpPath.test(text);
}

/** Whether pip may tell name and version from a wheel's file name; no version takes fewer parts. */
export function isWheelName(name: string): boolean {
  const [first, ...others] = name.replace(/\.whl$/i, '').split('-');
  return first !== '' && others.length >= 4;
}

/** What pip does with a URL; `suffix` is the marker to be kept when it is written anew as a path. */
export function readUrl(url: string, suffix: string): Target {
  const scheme = schemeOf(url) ?? '';
  if (scheme === 'file') return readFileUrl(url, suffix);
  if (repository.test(scheme)) {
    if (scheme.endsWith('+file')) return { kind: 'local-repository' };
    return { kind: 'remote', ssh: /\+(ssh|sftp)$/.test(scheme) };
  }
  if (!transfer.test(scheme)) return urlRefusal(url);
  const file = decoded(withoutTail(url).split('/').at(-1) ?? '');
  if (file.endsWith('.whl') && !isWheelName(file)) return wheelRefusal(file);
  return { kind: 'remote', ssh: false };
}

/** The path of a file: URL as pip's url_to_path reads it; without slashes it is a relative path. */
function readFileUrl(url: string, suffix: string): Target {
  const located = /^file:(?:\/\/([^/]*))?(.*)$/s.exec(withoutTail(url));
  const host = located?.[1] ?? '';
  if (located === null || (host !== '' && host !== 'localhost')) {
    return {
      kind: 'invalid',
      problem: `${quote(url)} names the host ${quote(host)}, which file: URLs do not have`,
      hint: 'write the path alone, such as ./vendor/package.whl',
    };
  }
  const subdirectory = /[#&]subdirectory=([^&]*)/.exec(url)?.[1] ?? '';
  return {
    kind: 'local',
    path: decoded(located[2] ?? ''),
    needs: 'anything',
    subdirectory: decoded(subdirectory),
    suffix,
    writtenAs: 'url',
  };
}

/** Why pip cannot fetch from the URL, or what stands where a URL should. */
export function urlRefusal(url: string): Refusal {
  const kind = 'invalid';
  const scheme = schemeOf(url);
  const scp = scpPath.exec(url);
  if (scp !== null) {
    const hint = `write ${quote(`git+ssh://${scp[1]}/${scp[2]}`)}`;
    return { kind, problem: `${quote(url)} is no URL that pip reads`, hint };
  }
  if (scheme === undefined) {
    const hint = `write ${quote(`./${url.replace(/^\.?\//, '')}`)} alone, without a name and @`;
    return { kind, problem: `${quote(url)} is no URL, and @ takes only URLs`, hint };
  }
  const problem = `pip has no URLs of the kind ${quote(`${scheme}:`)}`;
  if (/^(ssh|git|hg|svn|bzr)$/.test(scheme)) {
    const prefix = scheme === 'ssh' ? 'git' : scheme;
    return { kind, problem, hint: `write ${prefix}+ before the URL` };
  }
  return { kind, problem };
}

/** A wheel whose name pip cannot take apart. */
export function wheelRefusal(file: string): Refusal {
  return {
    kind: 'invalid',
    problem: `${quote(file)} is no name of a wheel`,
    hint: 'a wheel is called NAME-VERSION-PYTHON-ABI-PLATFORM.whl; keep the name it was built with',
  };
}

function withoutTail(url: string): string {
  return url.replace(/[?#].*$/s, '');
}

/** Percent signs that are none stay as they are, as in Python. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
