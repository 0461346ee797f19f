/**
 * One entry of apt's sources (sources.list(5)), whichever of the two formats it was read from.
 * @typedef {{ readonly uris: string, readonly suites: readonly string[], readonly components: readonly string[], readonly options: Readonly<Record<string, string>> }} AptSource
 */

/**
 * The deb822 format (`*.sources`): stanzas of fields, continued by indented lines.
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseDeb822(text) {
  const plain = text.replace(/^#.*\n?/gm, '');
  return plain.split(/\n\s*\n/).flatMap((stanza) => {
    /** @type {Map<string, string>} */
    const fields = new Map();
    for (const [, key, value] of stanza.matchAll(/^([\w-]+):((?:.*)(?:\n[ \t].*)*)/gm))
      fields.set((key ?? '').toLowerCase(), (value ?? '').trim());
    const { types, uris, suites, components, enabled, ...options } = Object.fromEntries(fields);
    if (!words(types).includes('deb') || uris === undefined || enabled === 'no') return [];
    return [{ uris, suites: words(suites), components: words(components), options }];
  });
}

/**
 * The one-line format (`*.list`): `deb [option=value ...] URI SUITE COMPONENT...`.
 * @param {string} text
 * @returns {AptSource[]}
 */
export function parseOneLine(text) {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s+([^#]+)/.exec(line);
    if (match === null) return [];
    const [, options = '', uris = '', suite = '', components = ''] = match;
    const pairs = words(options).map((option) => option.split('=', 2));
    return [
      {
        uris,
        suites: [suite],
        components: words(components),
        options: Object.fromEntries(pairs.map(([key, value]) => [key?.toLowerCase(), value ?? ''])),
      },
    ];
  });
}

/**
 * The same mirrors, one release later: a deb822 file for `to`, or undefined when no entry is
 * Debian's own for `from`. Updates and backports are dropped (they need not exist there), and
 * so is every entry signed by another key than Debian's: it is somebody else's archive.
 * @param {readonly AptSource[]} sources
 * @param {string} from
 * @param {string} to
 */
export function deriveSource(sources, from, to) {
  const stanzas = sources.flatMap((source) => {
    const suites = source.suites.filter((suite) => suite === from || suite === `${from}-security`);
    const keyring = source.options['signed-by'];
    const own = keyring === undefined || /\/debian-archive[\w-]*\.(gpg|asc|pgp)$/.test(keyring);
    if (suites.length === 0 || !own || !source.components.includes('main')) return [];
    return [
      [
        'Types: deb',
        `URIs: ${source.uris}`,
        `Suites: ${suites.map((suite) => suite.replace(from, to)).join(' ')}`,
        'Components: main',
        ...(keyring === undefined ? [] : [`Signed-By: ${keyring}`]),
      ].join('\n'),
    ];
  });
  return stanzas.length === 0 ? undefined : `${[...new Set(stanzas)].join('\n\n')}\n`;
}

/**
 * apt preferences that take the named packages from `suite` and, unasked, nothing else.
 * @param {string} suite
 * @param {readonly string[]} packages
 */
export function pinOnly(suite, packages) {
  /** @type {[string, number][]} */
  const pins = [
    ['*', 50],
    [packages.join(' '), 600],
  ];
  const stanzas = pins.flatMap(([names, priority]) =>
    [suite, `${suite}-security`].map(
      (name) => `Package: ${names}\nPin: release n=${name}\nPin-Priority: ${priority}\n`,
    ),
  );
  return stanzas.join('\n');
}

/** @param {string | undefined} text */
function words(text) {
  return (text ?? '').split(/\s+/).filter(Boolean);
}
