import type { Sample } from '../sample-project.js';

/** A project that juniper builds. */
export interface CorpusProject {
  readonly manifest: string;
  readonly files: Readonly<Record<string, Sample>>;
  /** What pkgr makes of it, by summary(). */
  readonly expected: string;
}

/**
 * Manifests of every shape that juniper's repository publishes: in its examples, in its tests and in
 * its documentation. Names and contents are of our own.
 * @see https://github.com/eabglobal/juniper/tree/master/examples
 */
export const corpus: Readonly<Record<string, CorpusProject>> = {
  'one function, its output folder and a pip.conf (single_lambda)': {
    manifest: `global:
  output: ./build
  pipconf: ./pip.conf

functions:
  greeter:
    requirements: ./requirements.txt
    include:
      - ./handler.py
`,
    files: { 'handler.py': '', 'requirements.txt': 'six', 'pip.conf': '' },
    expected: `function greeter: python3.6 in lambci/lambda:build-python3.6
  pip: requirements.txt with pip.conf
  handler.py -> /handler.py
zips in build`,
  },

  'a pipeline of functions that share a folder, one in another image (processing)': {
    manifest: `functions:
  read_step:
    requirements: ./requirements.txt
    include:
      - ./shared
      - ./read/reader

  sum_step:
    image: lambci/lambda:build-python3.7
    requirements: ./sum/requirements.txt
    include:
      - ./sum/adder/handler.py
`,
    files: {
      'requirements.txt': 'six',
      'shared/__init__.py': '',
      'read/reader/handler.py': '',
      'sum/requirements.txt': 'six',
      'sum/adder/handler.py': '',
    },
    expected: `function read_step: python3.6 in lambci/lambda:build-python3.6
  pip: requirements.txt
  shared -> /shared
  read/reader -> /reader
function sum_step: python3.7 in lambci/lambda:build-python3.7
  pip: sum/requirements.txt
  sum/adder/handler.py -> /handler.py
zips in dist`,
  },

  'layers beside a function without requirements (fondolayers)': {
    manifest: `functions:
  events:
    include:
    - ./events

layers:
  base:
    image: lambci/lambda:build-python3.7
    requirements: ./requirements/base_layer.txt
  database:
    requirements: ./requirements/database_layer.txt`,
    files: {
      'events/get.py': '',
      'requirements/base_layer.txt': 'six',
      'requirements/database_layer.txt': 'six',
    },
    expected: `function events: python3.6 in lambci/lambda:build-python3.6
  events -> /events
layer base: python3.7 in lambci/lambda:build-python3.7
  pip: requirements/base_layer.txt
layer database: python3.6 in lambci/lambda:build-python3.6
  pip: requirements/database_layer.txt
zips in dist`,
  },

  'a layer in an image of its own (ridge, htmltopdf)': {
    manifest: `
functions:
  sample:
    requirements: ./requirements/base.txt
    include:
      - ./handler.py

layers:

  signing:
    image: team/xmlsec
    requirements: ./requirements/layer.txt`,
    files: { 'handler.py': '', 'requirements/base.txt': 'six', 'requirements/layer.txt': 'six' },
    expected: `function sample: python3.6 in lambci/lambda:build-python3.6
  pip: requirements/base.txt
  handler.py -> /handler.py
layer signing: any in team/xmlsec
  pip: requirements/layer.txt
zips in dist`,
  },

  'images for all and for one, and globals that juniper passes over (custom-docker-images)': {
    manifest: `global:
  image: python:3.6-alpine
  include:
    - ./src/libs/
  requirements: ./src/requirements.txt

functions:
  front:
    image: python:3.8
    requirements: ./src/front/requirements.txt
    include:
      - ./src/front/

  side-worker:
    include:
      - ./src/worker/side_worker
`,
    files: {
      'src/front/requirements.txt': 'six',
      'src/front/app.py': '',
      'src/worker/side_worker/app.py': '',
    },
    expected: `function front: python3.8 in python:3.8
  pip: src/front/requirements.txt
  src/front -> /front
function side-worker: python3.6 in python:3.6-alpine
  src/worker/side_worker -> /side_worker
zips in dist`,
  },

  'folders with and without a slash at their end (processor-test)': {
    manifest: `functions:
  main:
    requirements: ./src/main/requirements.txt
    include:
      - ./src/lib/team
      - ./src/main/
  parallel-worker:
    requirements: ./src/worker/requirements.txt
    include:
      - ./src/lib/team
      - ./src/worker/parallel_worker
`,
    files: {
      'src/lib/team/a.py': '',
      'src/main/requirements.txt': 'six',
      'src/worker/requirements.txt': 'six',
      'src/worker/parallel_worker/a.py': '',
    },
    expected: `function main: python3.6 in lambci/lambda:build-python3.6
  pip: src/main/requirements.txt
  src/lib/team -> /team
  src/main -> /main
function parallel-worker: python3.6 in lambci/lambda:build-python3.6
  pip: src/worker/requirements.txt
  src/lib/team -> /team
  src/worker/parallel_worker -> /parallel_worker
zips in dist`,
  },

  'the whole project': {
    manifest: `functions:
  everything: {include: [./]}
`,
    files: { 'handler.py': '', 'pkg/a.py': '', 'requirements.txt': 'six', '.env': 'SECRET=1' },
    expected: `function everything: python3.6 in lambci/lambda:build-python3.6
  pip: requirements.txt
  / -> /
zips in dist`,
  },
};
