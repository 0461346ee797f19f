import type { Problem } from '../../artifacts/index.js';
import type { About, Cause } from '../describe.js';

/** OS packages of libraries that wheels and programs ask for without bringing them. */
const packagesOf: Readonly<Record<string, { readonly apt: string; readonly dnf: string }>> = {
  'libGL.so.1': { apt: 'libgl1', dnf: 'mesa-libGL' },
  'libglib-2.0.so.0': { apt: 'libglib2.0-0', dnf: 'glib2' },
  'libgthread-2.0.so.0': { apt: 'libglib2.0-0', dnf: 'glib2' },
  'libSM.so.6': { apt: 'libsm6', dnf: 'libSM' },
  'libXext.so.6': { apt: 'libxext6', dnf: 'libXext' },
  'libXrender.so.1': { apt: 'libxrender1', dnf: 'libXrender' },
  'libgomp.so.1': { apt: 'libgomp1', dnf: 'libgomp' },
  'libpq.so.5': { apt: 'libpq5', dnf: 'libpq' },
  'libmysqlclient.so.21': { apt: 'libmysqlclient21', dnf: 'mysql-libs' },
  'libmariadb.so.3': { apt: 'libmariadb3', dnf: 'mariadb-connector-c' },
  'libodbc.so.2': { apt: 'libodbc2', dnf: 'unixODBC' },
  'libxml2.so.2': { apt: 'libxml2', dnf: 'libxml2' },
  'libxslt.so.1': { apt: 'libxslt1.1', dnf: 'libxslt' },
  'libxmlsec1.so.1': { apt: 'libxmlsec1', dnf: 'xmlsec1' },
  'libcairo.so.2': { apt: 'libcairo2', dnf: 'cairo' },
  'libpango-1.0.so.0': { apt: 'libpango-1.0-0', dnf: 'pango' },
  'libldap.so.2': { apt: 'libldap2', dnf: 'openldap' },
  'libmagic.so.1': { apt: 'libmagic1', dnf: 'file-libs' },
  'libsndfile.so.1': { apt: 'libsndfile1', dnf: 'libsndfile' },
};

/** What the dynamic loader refused; undefined for any other problem. */
export function loaderCause(problem: Problem, about: About): Cause | undefined {
  switch (problem.kind) {
    case 'missing-library':
      return missingLibrary(problem, about);
    case 'symbol-version':
      return symbolVersion(problem, about);
    case 'undefined-symbol':
      return {
        code: 'undefined-symbol',
        text: `${shown(problem.file, about)}${ofPackage(problem)} needs the symbol ${problem.symbol}, which nothing has that is loaded`,
        hint: 'it was compiled against another version of a library, or of Python: build it in the image of its runtime, in one run of pip',
      };
    case 'wrong-architecture':
      return {
        code: 'wrong-architecture',
        text: `${shown(problem.file, about)}${ofPackage(problem)} is made for ${problem.has}, and the runtime is ${problem.wants}`,
        hint: 'set architecture: to that of the function for all that it is made of, and take no file from another machine along',
      };
    case 'unfit-file':
      return {
        code: 'unfit-library',
        text: `${shown(problem.file, about)}${ofPackage(problem)} is not a library that Linux loads${problem.what ? ` (${problem.what})` : ''}`,
        hint: 'let pip install it in the image, instead of taking along a file from another system',
      };
    case 'compiled-otherwise':
      return compiledOtherwise(problem, about);
    default:
      return undefined;
  }
}

function missingLibrary(problem: Problem, about: About): Cause {
  const { library = '', neededBy = [], also = [], elsewhere = [] } = problem;
  const [first] = neededBy;
  const by = first === undefined ? '' : `, which ${shown(first, about)}${ofPackage(problem)} needs`;
  const more = also.length > 0 ? [`also missing: ${also.join(', ')}`] : [];
  return {
    code: 'missing-library',
    text: `the shared library ${library} is missing${by}`,
    hint: libraryHint(library, elsewhere, problem, about),
    ...(more.length > 0 && { details: more }),
    mayBeElsewhere: true,
  };
}

function libraryHint(
  library: string,
  elsewhere: readonly string[],
  { distribution }: Problem,
  { unit, declared, findings, place }: About,
): string {
  const [there] = elsewhere;
  if (there !== undefined) {
    const folder =
      unit.kind === 'layer' || there.startsWith('/opt/') ? '/opt/lib' : 'lib/ of the zip';
    return `it is there as ${place.file(there)}, where Lambda does not look: move it to ${folder}`;
  }
  if (distribution !== undefined && /^opencv-(contrib-)?python$/.test(distribution)) {
    return `require ${distribution}-headless instead, which needs no display`;
  }
  const found = findings?.missing.find((missing) => missing.library === library);
  const known = packagesOf[library];
  if (found?.path !== undefined) {
    const owner = found.package === undefined ? '' : `, of the OS package ${found.package}`;
    const how = declared?.autoLibs === undefined ? 'libs: auto' : `libs: [auto, "${found.path}"]`;
    return `write ${how} to carry it from the image${owner}`;
  }
  const name =
    known === undefined
      ? 'the OS package that has it'
      : `its OS package (${known.apt} with apt-get, ${known.dnf} with dnf)`;
  return `name ${name} under packages, and write libs: auto to carry it`;
}

function symbolVersion(problem: Problem, about: About): Cause {
  const { symbolVersion: version = '', library = '', has, wheels = [], distribution } = problem;
  const runtime = has === undefined ? 'the runtime has not' : `the runtime has ${has}`;
  const [wheel] = wheels;
  const from = wheel === undefined ? '' : `; it is from a wheel for ${wheel}`;
  return {
    code: 'symbol-version',
    text: `${shown(problem.file, about)}${ofPackage(problem)} needs ${version} of ${library}, and ${runtime}${from}`,
    hint:
      distribution === undefined
        ? 'build in the image of the runtime, which has its C library, or in one that is older'
        : `build in the image of the runtime, for which pip chooses a wheel that fits, or pin a version of ${distribution} with a wheel for manylinux2014`,
  };
}

/** `cpython-312-x86_64-linux-gnu`: another Python, processor or system than the runtime's. */
function compiledOtherwise(problem: Problem, about: About): Cause {
  const { tag = '', wants = '', module = '' } = problem;
  const [python, processor, system] = partsOf(tag);
  const [ownPython, ownProcessor] = partsOf(wants);
  const file = `${shown(problem.file, about)}${ofPackage(problem)}`;
  if (system !== 'linux') {
    return {
      code: 'wrong-platform',
      text: `${module} is compiled for ${system === 'darwin' ? 'macOS' : 'Windows'} only (${file})`,
      hint: 'let pip install it in the image, instead of taking along what another system has installed',
    };
  }
  if (python !== ownPython) {
    return {
      code: 'wrong-abi',
      text: `${file} is compiled for ${named(python)}, and the runtime is ${named(ownPython)}`,
      hint: `build in an image with ${named(ownPython)}, or choose the runtime that it was built for`,
    };
  }
  return {
    code: 'wrong-architecture',
    text: `${file} is made for ${processor}, and the runtime is ${ownProcessor}`,
    hint: 'set architecture: to that of the function for all that it is made of, and take no file from another machine along',
  };
}

function partsOf(tag: string): readonly [python: string, processor: string, system: string] {
  if (/^pyd$|^cp\d+-win|mingw/.test(tag)) return ['', '', 'windows'];
  const [kind = '', version = '', ...rest] = tag.split('-');
  if (tag === 'dylib' || [version, ...rest].includes('darwin')) return ['', '', 'darwin'];
  const processor = (rest[0] ?? '').replace('aarch64', 'arm64');
  return [`${kind}-${version.replace(/m$/, '')}`, processor, 'linux'];
}

/** `Python 3.12` for `cpython-312`. */
function named(python: string): string {
  const version = /^cpython-(\d)(\d+)$/.exec(python);
  return version === null ? python : `Python ${version[1]}.${version[2]}`;
}

function shown(file: string | undefined, { place }: About): string {
  return file === undefined || file === '' ? 'a library' : place.file(file);
}

function ofPackage({ distribution, version = '' }: Problem): string {
  return distribution === undefined ? '' : ` of ${`${distribution} ${version}`.trimEnd()}`;
}
