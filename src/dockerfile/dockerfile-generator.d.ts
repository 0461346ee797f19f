/** The part of dockerfile-generator that pkgr uses; the package ships no types. */
declare module 'dockerfile-generator' {
  const dockerfileGenerator: {
    /** Prints the keys of `input` in order, an instruction a line; rejects what its schema refuses. */
    generate(input: Readonly<Record<string, unknown>>): Promise<string>;
  };
  export default dockerfileGenerator;
}
