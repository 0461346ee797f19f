/**
 * Every code a diagnostic can carry, with what it means.
 * docs/reference/diagnostics.md is generated from this list and tested to be current.
 */
export const diagnosticCodes = {
  // the manifest as a file
  'manifest-not-found':
    'There is no manifest in the folder, or the one named by -m does not exist.',
  'manifest-unreadable': 'The manifest exists but cannot be read.',
  'assumed-dialect':
    "A manifest whose name does not tell its dialect was taken for one of juniper's by what it says.",
  'invalid-yaml': 'The manifest is not valid YAML.',
  'duplicate-key': 'A key occurs twice in one mapping; YAML keeps only one of them.',
  'empty-manifest': 'The manifest is empty or declares neither functions nor layers.',
  // the manifest's values
  'unknown-key': 'A key that pkgr does not know; it is refused because it would be ignored.',
  'ignored-key':
    "A key of juniper's manifest that juniper passes over, and pkgr too; or a section that is not used.",
  'wrong-type': 'A value of another type than the key takes.',
  'invalid-value': 'A value of the right type that is not allowed.',
  'missing-key': 'A key without which the unit cannot be built is absent.',
  'replaced-default':
    'A default of the packager that pkgr takes the place of cannot be had; another one is used.',
  'own-artifact': 'A function of a serverless.yml says itself where its zip is.',
  'unresolved-variable':
    'A variable of a serverless.yml that decides what is packaged, and that pkgr cannot know.',
  'invalid-name': 'A unit name that cannot be a file name and a Docker target.',
  'same-zip': 'Two units would be written to the same zip (also when only letter case differs).',
  'unknown-layer': 'A function names a layer that the manifest does not declare, or one twice.',
  'unsupported-runtime': 'A runtime that pkgr cannot build for.',
  'deprecated-runtime': 'AWS has ended, or will soon end, the support of this runtime.',
  // paths
  'missing-file': 'A file or folder that the manifest names does not exist.',
  'outside-project': 'A path leads out of the project folder, which is all that Docker is given.',
  'link-outside-project': 'A symbolic link leads out of the project folder.',
  'unnameable-path':
    'A path with characters that a Dockerfile cannot name (newline, tab, backslash, a blank at an end).',
  'ignored-include': 'An include that .dockerignore or exclude keeps from the build.',
  'not-a-directory': 'A folder is needed where the path names a file, or the reverse.',
  'output-in-use': 'The output folder is, or contains, something that must not be overwritten.',
  // requirements
  'invalid-requirement': 'A requirement line that pip could not read either.',
  'empty-requirements': 'A requirements file asks for nothing.',
  'requirement-not-local': 'A requirement names a file outside the project folder.',
  'insecure-credentials': 'A password is written into a requirements file or an index URL.',
  // a Dockerfile of the user's own
  'invalid-dockerfile': "A unit's own Dockerfile cannot be read, or not put into a larger one.",
  'unknown-stage':
    'A COPY or a mount of a Dockerfile names a stage that is not above it, or a target one that it has not.',
  'unknown-argument': 'A build argument is given that no ARG of the Dockerfile takes.',
  'secret-argument':
    'A build argument looks like a secret; its value is in the generated Dockerfile and the engine remembers it.',
  'ignored-dockerignore':
    'The ignore file of a Dockerfile, which has no effect where its stages are put into another one.',
  'ignored-syntax':
    'The # syntax line of a Dockerfile, which has no effect where its stages are put into another one.',
  // generated files
  'file-exists': 'A file that would be written is there already; it is never overwritten.',
  'stale-generated-file':
    'A generated file in the repository differs from what pkgr gen would write now.',
  'unknown-unit': 'The command line names a unit that the manifest does not declare.',
  // the engine
  'missing-variable': 'A variable that pip is to get as a secret has no value.',
  'engine-unreachable': 'The Docker engine does not answer.',
  'unknown-builder': 'Neither docker buildx nor a docker context has a builder of that name.',
  'builder-lost':
    'One of several builders does not answer, or its engine died: another one has taken its share.',
  'cache-not-read':
    'A cache named by --cache-from could not be read; the build went on without it.',
  'cache-not-written':
    'A cache named by --cache-to could not be written; the build went on without it.',
  'engine-too-old': 'The Docker engine or buildx is too old for what is to be built.',
  'buildx-missing': 'The docker command has no buildx plugin.',
  'image-unavailable': 'A base image could not be pulled.',
  'step-failed': 'A step of the build ended with an error.',
  'os-package-not-found': "The image's package manager knows no package of that name.",
  'no-package-manager': 'OS packages are asked for in an image that has no package manager.',
  'library-not-found': 'A path or glob of libs or bins fits nothing in the image, or two things.',
  'wrong-python': "The image has not the runtime's Python: another one, none, or no pip.",
  'disk-full': 'The engine or the machine has no space left.',
  'build-failed': 'The engine refused or ended the build for another reason.',
  interrupted: 'The build was interrupted.',
  'digest-mismatch': 'A zip that arrived differs from the digest the engine computed for it.',
  'write-failed': 'A result could not be written.',
  'not-reproducible': 'The same inputs, built twice, came to different zips.',
  // reading a zip, or a report
  'artifacts-unreadable': 'A file that is named as an artifacts.json is none that pkgr can read.',
  'zip-not-found':
    'There is no zip where one is named or where a unit has its own, or it cannot be read.',
  'not-a-zip': 'A file that is not a zip.',
  'zip-truncated': 'A zip whose end is missing.',
  'zip-damaged': 'A zip that contradicts itself: sizes, a CRC or records that cannot be true.',
  'zip-encrypted': 'A zip with encrypted entries, which Lambda cannot unpack.',
  'zip-unsupported': 'A zip in parts, or with entries that are compressed by a method few know.',
  'zip-unsafe-name':
    'A zip with an entry or a link that would be written, or lead, out of where it is unpacked.',
  'zip-duplicate-name': 'A zip in which two entries have one name, or a file is also a folder.',
  'zip-overlap': 'A zip whose entries share bytes, as those of a zip bomb do.',
  'zip-bomb': 'A zip that would unpack to far more than Lambda takes.',
  'zip-too-many-entries': 'A zip with more entries than pkgr reads.',
  // what the audit finds in a zip; what to do about it is in audit-codes.ts
  'zip-too-large': 'A zip is larger than Lambda takes when it is uploaded directly.',
  'unzipped-too-large': 'A function with its layers is larger, unpacked, than Lambda takes.',
  'too-many-layers': 'A function names more layers than Lambda takes.',
  'near-limit': 'A size, or the number of layers, is at 80 % or more of what Lambda takes.',
  'handler-not-found': 'No file of the zip or its layers is the module that the handler names.',
  'handler-undefined': "The handler's module defines no function of the name that it gives.",
  'unfit-handler': 'The handler is nothing that Lambda can call with an event and a context.',
  'syntax-error': 'A module is no valid Python for the runtime.',
  'missing-library':
    'A zip needs a shared library that neither it nor Lambda has: what needs it cannot be loaded.',
  'symbol-version':
    'A file needs a newer version of the C or C++ library than the runtime has, such as GLIBC_2.28.',
  'outside-rpath':
    'A library looks for others in a folder that Lambda does not have (RPATH, RUNPATH).',
  'wrong-architecture':
    'A program or library was made for another processor than the function has.',
  'wrong-platform': 'A wheel or a library was made for another system than Lambda, such as macOS.',
  'wrong-abi': 'An extension module was made for another Python than the runtime.',
  'shadowed-module': "A module of the zip has the name of one of Python's standard library.",
  'shadowed-runtime': "A module of the zip has the name of one of Lambda's own runtime.",
  'replaced-file': 'A file gave way to another one of the same name in the zip.',
  'case-clash': 'Names in the zip differ by letter case only.',
  'secret-file': 'A file looks like a secret: a private key, a .env file, credentials.',
  // verifying; what the audit finds too has the audit's codes
  'missing-module':
    'A function imports a module that neither its zip nor its layers nor its runtime have.',
  'missing-metadata': "A package asks for another's metadata, which was not packed.",
  'undefined-symbol': 'A library needs a symbol that nothing has.',
  'unfit-library': 'A file that is loaded as a library is none.',
  'import-failed': 'An exception while a function is imported.',
  'import-ended': 'An import that ends Python, crashes it, or does not end itself.',
  'needs-environment': 'A module needs an environment variable while it is imported.',
  'needs-network': 'A module wants the network while it is imported.',
  'read-only': 'A module writes where Lambda lets it write nothing.',
  'slow-import': 'An import takes longer than Lambda waits for it at first.',
  'not-verified': 'A unit, or a part of it, that cannot be verified.',
  // packing without an engine
  'needs-docker': 'The unit needs an image and cannot be packed on the machine itself.',
  'host-image-ignored': 'The manifest names an image, which packing without Docker does not use.',
  'host-python-missing': 'No Python with pip that fits the runtime was found on the machine.',
  'requirement-conflict': 'Requirements that no set of versions can satisfy together.',
  'install-failed': 'pip could not install the requirements.',
  'left-out':
    'A function that could not be packaged is left out, as abortOnPackagingErrors: false wishes.',
} as const;

export type DiagnosticCode = keyof typeof diagnosticCodes;
