/** An OS package without which something cannot be compiled, and how its absence looks in a log. */
export interface OsPackageNeed {
  /** What pip, or what it runs, says when it is absent. */
  readonly sign: RegExp;
  /** What is missing, in the words of the field. */
  readonly missing: string;
  readonly aptGet: readonly string[];
  /** Amazon Linux 2023, and Fedora. */
  readonly dnf: readonly string[];
  /** Amazon Linux 2, where it has another name there. */
  readonly yum?: readonly string[];
  /** It is only needed to compile; nothing of it is loaded later. */
  readonly isTool?: true;
  /** Where the project that is compiled says so. */
  readonly source: string;
}

const header = (...names: readonly string[]) =>
  new RegExp(
    `(?:fatal )?error: '?(?:\\S*/)?(?:${names.join('|')})'?(?: file)?:? (?:No such file|not found)`,
  );

/**
 * What packages that are compiled most often lack, the most telling first: a compiler's own words
 * come last, since a missing library often looks like a compiler that failed.
 */
export const osPackageNeeds: readonly OsPackageNeed[] = [
  {
    sign: /pg_config (?:executable not found|is required)|Error: pg_config|libpq-fe\.h: No such/,
    missing: "PostgreSQL's pg_config and headers",
    aptGet: ['libpq-dev'],
    dnf: ['libpq-devel'],
    yum: ['postgresql-devel'],
    source: 'https://www.psycopg.org/docs/install.html#build-prerequisites',
  },
  {
    sign: /xmlsec1 is not installed or not in path|Could not find xmlsec1 config|(?:Package|package) '?xmlsec1'?,? (?:was not found|required|found)|xmlsec1-config: (?:command )?not found|xmlsec\/\w+\.h: No such|Unable to invoke pkg-config/,
    missing: "xmlsec1's headers and pkg-config",
    aptGet: ['pkg-config', 'libxmlsec1-dev', 'libxmlsec1-openssl', 'libxml2-dev'],
    dnf: [
      'pkgconf-pkg-config',
      'libxml2-devel',
      'xmlsec1-devel',
      'xmlsec1-openssl-devel',
      'libtool-ltdl-devel',
    ],
    yum: ['libxml2-devel', 'xmlsec1-devel', 'xmlsec1-openssl-devel', 'libtool-ltdl-devel'],
    source: 'https://xmlsec.readthedocs.io/en/stable/install.html',
  },
  {
    sign: /libxml2 and libxslt development packages|x(?:ml2|slt)-config: not found|libx(?:ml|slt)\/\w+\.h: No such/,
    missing: 'the headers of libxml2 and libxslt',
    aptGet: ['libxml2-dev', 'libxslt1-dev'],
    dnf: ['libxml2-devel', 'libxslt-devel'],
    source: 'https://lxml.de/installation.html',
  },
  {
    sign: /(?:mysql|mariadb)_config:? (?:command )?not found|Specify MYSQLCLIENT_CFLAGS|mysql\.h: No such/,
    missing: "the headers of MySQL's or MariaDB's client, and pkg-config",
    aptGet: ['pkg-config', 'default-libmysqlclient-dev'],
    dnf: ['pkgconf-pkg-config', 'mariadb-connector-c-devel'],
    yum: ['pkgconfig', 'mariadb-devel'],
    source: 'https://github.com/PyMySQL/mysqlclient#linux',
  },
  {
    sign: /Could not run curl-config|curl-config: (?:command )?not found|curl\/curl\.h: No such/,
    missing: "curl-config and curl's headers",
    aptGet: ['libcurl4-openssl-dev', 'libssl-dev'],
    dnf: ['libcurl-devel', 'openssl-devel'],
    source: 'http://pycurl.io/docs/latest/install.html',
  },
  {
    sign: /krb5-config: (?:command )?not found|krb5-config [^']*' returned non-zero exit status 127|gssapi\/\w+\.h: No such|krb5\.h: No such/,
    missing: "krb5-config and Kerberos' headers",
    aptGet: ['libkrb5-dev'],
    dnf: ['krb5-devel'],
    source: 'https://github.com/pythongssapi/python-gssapi#requirements',
  },
  {
    sign: header('lber\\.h', 'ldap\\.h', 'sasl\\.h', 'sasl/sasl\\.h'),
    missing: 'the headers of OpenLDAP and SASL',
    aptGet: ['libldap2-dev', 'libsasl2-dev'],
    dnf: ['openldap-devel', 'cyrus-sasl-devel'],
    source: 'https://www.python-ldap.org/en/latest/installing.html#build-prerequisites',
  },
  {
    sign: header('sql\\.h', 'sqlext\\.h'),
    missing: 'the headers of unixODBC',
    aptGet: ['unixodbc-dev'],
    dnf: ['unixODBC-devel'],
    source: 'https://github.com/mkleehammer/pyodbc/wiki/Install',
  },
  {
    sign: header('ffi\\.h'),
    missing: 'the headers of libffi',
    aptGet: ['libffi-dev'],
    dnf: ['libffi-devel'],
    source: 'https://cffi.readthedocs.io/en/stable/installation.html',
  },
  {
    sign: /headers or library files could not be found for (?:jpeg|zlib)/,
    missing: 'the headers of libjpeg and zlib',
    aptGet: ['libjpeg-dev', 'zlib1g-dev'],
    dnf: ['libjpeg-turbo-devel', 'zlib-devel'],
    source: 'https://pillow.readthedocs.io/en/stable/installation/building-from-source.html',
  },
  {
    sign: /can't find Rust compiler|Rust compiler is missing|(?:cargo|Cargo), the Rust package manager, is not installed|(?:cargo|rustc): (?:command )?not found/,
    missing: 'the Rust compiler and cargo',
    isTool: true,
    aptGet: ['cargo'],
    dnf: ['cargo'],
    source: 'https://cryptography.io/en/latest/installation/#building-cryptography-on-linux',
  },
  {
    sign: /Could not find (?:directory of )?OpenSSL|custom build command for `openssl-sys|fatal error: openssl\/\w+\.h/,
    missing: 'the headers of OpenSSL, and pkg-config',
    aptGet: ['pkg-config', 'libssl-dev'],
    dnf: ['pkgconf-pkg-config', 'openssl-devel'],
    yum: ['pkgconfig', 'openssl11-devel'],
    source: 'https://cryptography.io/en/latest/installation/#building-cryptography-on-linux',
  },
  {
    sign: /(?:CMake must be installed|Could not find CMake|cmake(?:: (?:command )?not found| is not installed)|No such file or directory: '?cmake)/i,
    missing: 'CMake',
    isTool: true,
    aptGet: ['cmake'],
    dnf: ['cmake'],
    yum: ['cmake3'],
    source: 'https://scikit-build-core.readthedocs.io/en/latest/',
  },
  {
    sign: /Cannot find command 'git'|git: (?:command )?not found/,
    missing: 'git',
    isTool: true,
    aptGet: ['git'],
    dnf: ['git'],
    source: 'https://pip.pypa.io/en/stable/topics/vcs-support/',
  },
  {
    sign: /Unknown compiler\(s\): \[\['gfortran'|[Nn]o Fortran compiler|gfortran: (?:command )?not found/,
    missing: 'a Fortran compiler',
    aptGet: ['gfortran'],
    dnf: ['gcc-gfortran'],
    source: 'https://docs.scipy.org/doc/scipy/building/index.html',
  },
  {
    sign: /Unable to load dependency HDF5|libhdf5\.so: cannot open|hdf5\.h: No such/,
    missing: 'the headers of HDF5',
    aptGet: ['pkg-config', 'libhdf5-dev'],
    dnf: ['hdf5-devel'],
    source: 'https://docs.h5py.org/en/stable/build.html',
  },
  {
    sign: /geos-config:? (?:command )?not found|geos_c\.h: No such/,
    missing: "geos-config and GEOS' headers",
    aptGet: ['libgeos-dev'],
    dnf: ['geos-devel'],
    source: 'https://shapely.readthedocs.io/en/stable/installation.html',
  },
  {
    sign: /graphviz\/cgraph\.h: No such/,
    missing: 'the headers of Graphviz',
    aptGet: ['libgraphviz-dev'],
    dnf: ['graphviz-devel'],
    source: 'https://pygraphviz.github.io/documentation/stable/install.html',
  },
  {
    sign: /Dependency "cairo" (?:not found|found: NO)|cairo\.h: No such/,
    missing: 'the headers of cairo, and pkg-config',
    aptGet: ['pkg-config', 'libcairo2-dev'],
    dnf: ['pkgconf-pkg-config', 'cairo-devel'],
    source: 'https://pycairo.readthedocs.io/en/latest/getting_started.html',
  },
  {
    sign: /swig(?:\.exe)?'? failed: No such file|swig: (?:command )?not found/,
    missing: 'SWIG',
    isTool: true,
    aptGet: ['swig'],
    dnf: ['swig'],
    source: 'https://www.swig.org/download.html',
  },
  {
    sign: header('zlib\\.h'),
    missing: 'the headers of zlib',
    aptGet: ['zlib1g-dev'],
    dnf: ['zlib-devel'],
    source: 'https://zlib.net/',
  },
  {
    sign: header('Python\\.h'),
    missing: "Python's headers",
    isTool: true,
    aptGet: ['python3-dev'],
    dnf: ['python3-devel'],
    source: 'https://docs.python.org/3/extending/building.html',
  },
  {
    sign: /(?:g\+\+|c\+\+|clang\+\+)\S*: (?:command )?not found|command '\S*(?:g|c)\+\+' failed: No such file|No such file or directory: '\S*[gc]\+\+'|unable to execute '?\S*g\+\+|cc1plus'?: .*No such file/,
    missing: 'a C++ compiler',
    isTool: true,
    aptGet: ['g++'],
    dnf: ['gcc-c++'],
    source: 'https://setuptools.pypa.io/en/latest/userguide/ext_modules.html',
  },
  {
    sign: /(?:gcc|cc1|cc|clang)'?: (?:command )?not found|command '\S*(?:gcc|cc|clang)' failed: No such file|No such file or directory: '\S*(?:gcc|cc)'|unable to execute '?\S*(?:gcc|cc)\b|Unknown compiler\(s\): \[\['cc'/,
    missing: 'a C compiler',
    isTool: true,
    aptGet: ['gcc', 'libc6-dev'],
    dnf: ['gcc'],
    source: 'https://setuptools.pypa.io/en/latest/userguide/ext_modules.html',
  },
  {
    sign: /pkg-config(?:'|"|:)? (?:command )?(?:not found|is not installed)|Did not find pkg-config|pkg-config: not found/,
    missing: 'pkg-config',
    isTool: true,
    aptGet: ['pkg-config'],
    dnf: ['pkgconf-pkg-config'],
    yum: ['pkgconfig'],
    source: 'https://www.freedesktop.org/wiki/Software/pkg-config/',
  },
];

/** What a log says is missing, the most telling first; undefined when nothing is known. */
export function missingOsPackage(log: string): OsPackageNeed | undefined {
  return osPackageNeeds.find(({ sign }) => sign.test(log));
}

/** What to write into a manifest for it; each package manager takes the list that is its own. */
export function packagesLine({ aptGet, dnf, yum }: OsPackageNeed): string {
  const lists = [`apt-get: [${aptGet.join(', ')}]`, `dnf: [${dnf.join(', ')}]`];
  if (yum !== undefined) lists.push(`yum: [${yum.join(', ')}]`);
  return `packages: {${lists.join(', ')}}`;
}
