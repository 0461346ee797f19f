import { devNull } from 'node:os';

/**
 * What pip gets to see of the user's environment: how to reach and trust the network, and who the
 * user is to git. Everything else stays out, PYTHONPATH, PIP_INDEX_URL and PIP_NO_BINARY among it:
 * a zip must not depend on who builds it.
 */
const passed = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SSH_AUTH_SOCK',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
  'GIT_SSL_CAINFO',
  'PIP_CERT',
  'PIP_PROXY',
  'PIP_DEFAULT_TIMEOUT',
  'PIP_RETRIES',
];

/**
 * The environment that install.py runs in.
 * @param own the set's own variables, which win
 * @param temporary folder for what pip unpacks and builds
 */
export function pipEnvironment(
  user: NodeJS.ProcessEnv,
  own: Readonly<Record<string, string>>,
  temporary: string,
  netrc: string | undefined,
): Readonly<Record<string, string>> {
  const environment: Record<string, string> = {};
  for (const name of passed) {
    const value = user[name];
    if (value !== undefined) environment[name] = value;
  }
  return {
    ...environment,
    // Not the machine's and the user's pip.conf, which no engine would see either.
    PIP_CONFIG_FILE: devNull,
    // Whatever the locale, so that a setup.py reads its files everywhere alike.
    PYTHONUTF8: '1',
    ...(netrc !== undefined && { NETRC: netrc }),
    ...own,
    TMPDIR: temporary,
    // What pip builds is read from its output.
    PIP_QUIET: '0',
    PIP_NO_COLOR: '1',
    PIP_PROGRESS_BAR: 'off',
  };
}
