/** An OS package without which something cannot be compiled, and how its absence looks in a log. */
export interface OsPackageNeed {
  /** What pip, or what it runs, says when it is absent. */
  readonly signs: readonly RegExp[];
  /** What is missing, in the words of the field. */
  readonly missing: string;
  /** A Python package that needs it, as an example. */
  readonly neededBy: string;
  readonly aptGet: readonly string[];
  /** Amazon Linux 2023, and Fedora. */
  readonly dnf: readonly string[];
  /** Amazon Linux 2, where it has another name there. */
  readonly yum?: readonly string[];
  readonly apk: readonly string[];
  /** It is only needed to compile; nothing of it is loaded later. */
  readonly isTool?: true;
  /** Where the project that is compiled says so. */
  readonly source: string;
}

/** A header that is not there, as compilers say it; of `curl/` any in that folder. */
export function header(...names: readonly string[]): RegExp {
  const any = names.map((name) => (name.endsWith('/') ? `${plain(name)}[\\w./]+` : plain(name)));
  return new RegExp(
    `error: '?(?:\\S*/)?(?:${any.join('|')})'?(?: file)?:? (?:No such file|not found)`,
  );
}

/** A program that is not there, as shells, Python and setuptools say it; also `x86_64-linux-gnu-NAME`. */
export function program(...names: readonly string[]): RegExp {
  const any = `(?:[\\w./-]*[/-])?(?:${names.map(plain).join('|')})`;
  const forms = [
    `(?:^|[\\s'"])${any}['"]?: (?:command )?not found`,
    `No such file or directory: '?${any}(?:'|\\s|$)`,
    `(?:^|\\s)${any}: No such file or directory`,
    `command '${any}(?:\\.exe)?' failed: No such file`,
    `unable to execute '?${any}(?:'|:)`,
  ];
  return new RegExp(forms.join('|'), 'm');
}

/** A library that pkg-config does not know, as itself, Meson and setup programs say it. */
export function library(...names: readonly string[]): RegExp {
  const any = `['"]?(?:${names.map(plain).join('|')})['"]?`;
  const forms = [
    `[Pp]ackage ${any},? (?:was not found|required by .*not found)`,
    `No package ${any} found`,
    `Dependency ${any} (?:not found|found: NO)`,
  ];
  return new RegExp(forms.join('|'));
}

function plain(name: string): string {
  return name.replace(/[.+]/g, '\\$&');
}
