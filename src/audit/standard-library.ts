/**
 * The modules of Python's standard library by the names under which they are imported, without those
 * that begin with an underscore, are for tests, or are for other systems than Linux alone.
 *
 * Made from sys.stdlib_module_names of CPython 3.10 to 3.13, from the folders and the built-in modules
 * of CPython 3.6 to 3.9, and for 3.14 from what stdlib-list 0.12 publishes of it.
 */
const always = `
abc antigravity argparse array ast asyncio atexit base64 bdb binascii bisect builtins bz2
cProfile calendar cmath cmd code codecs codeop collections colorsys compileall concurrent
configparser contextlib copy copyreg csv ctypes curses datetime dbm decimal difflib dis doctest
email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions
ftplib functools gc genericpath getopt getpass gettext glob grp gzip hashlib heapq hmac html
http imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma
mailbox marshal math mimetypes mmap modulefinder multiprocessing netrc ntpath nturl2path numbers
opcode operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib poplib
posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue
quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors
shelve shlex shutil signal site smtplib socket socketserver sqlite3 sre_compile sre_constants
sre_parse ssl stat statistics string stringprep struct subprocess symtable sys sysconfig syslog
tabnanny tarfile tempfile termios textwrap this threading time timeit tkinter token tokenize
trace traceback tracemalloc tty turtle types typing unicodedata unittest urllib uuid venv
warnings wave weakref webbrowser wsgiref xml xmlrpc zipapp zipfile zipimport zlib
`;

/** Those that not all minor versions from 6 to 14 have; both bounds are in. */
const sometimes: Readonly<Record<string, { readonly since?: number; readonly until?: number }>> = {
  aifc: { until: 12 },
  annotationlib: { since: 14 },
  asynchat: { until: 11 },
  asyncore: { until: 11 },
  audioop: { until: 12 },
  binhex: { until: 10 },
  cgi: { until: 12 },
  cgitb: { until: 12 },
  chunk: { until: 12 },
  compression: { since: 14 },
  contextvars: { since: 7 },
  crypt: { until: 12 },
  dataclasses: { since: 7 },
  distutils: { until: 11 },
  dummy_threading: { until: 8 },
  formatter: { until: 9 },
  graphlib: { since: 9 },
  imghdr: { until: 12 },
  imp: { until: 11 },
  lib2to3: { until: 12 },
  mailcap: { until: 12 },
  nis: { until: 12 },
  nntplib: { until: 12 },
  ossaudiodev: { until: 12 },
  parser: { until: 9 },
  pipes: { until: 12 },
  smtpd: { until: 11 },
  sndhdr: { until: 12 },
  spwd: { until: 12 },
  sunau: { until: 12 },
  symbol: { until: 9 },
  telnetlib: { until: 12 },
  tomllib: { since: 11 },
  uu: { until: 12 },
  xdrlib: { until: 12 },
  zoneinfo: { since: 9 },
};

const byMinor = new Map<number, ReadonlySet<string>>();

/** The names of the modules that Python 3.MINOR has itself. */
export function standardLibrary(minor: number): ReadonlySet<string> {
  const known = byMinor.get(minor);
  if (known !== undefined) return known;
  const some = Object.entries(sometimes).flatMap(([name, { since = 0, until = minor }]) =>
    since <= minor && minor <= until ? name : [],
  );
  const names = new Set([...always.trim().split(/\s+/), ...some]);
  byMinor.set(minor, names);
  return names;
}
