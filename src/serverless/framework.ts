/*
 * What the plugin sees of the Serverless Framework 3 and of osls, which has the same interface.
 * https://www.serverless.com/framework/docs/guides/plugins/creating-plugins
 */

/** The framework's own object, which a plugin is made with. */
export interface Framework {
  /** Absolute path of the service's folder. */
  readonly serviceDir: string;
  /** The file of the service below that folder, such as `serverless.ts`. */
  readonly configurationFilename: string;
  readonly service: Service;
  readonly configSchemaHandler: {
    /** Adds JSON Schemas of keys below `custom`. */
    defineCustomProperties(schema: { readonly properties: Readonly<Record<string, object>> }): void;
  };
  readonly classes: {
    /** Errors of this class are told without a stack; the code is in capitals, with underscores. */
    readonly Error: new (
      message: string,
      code: string,
    ) => Error;
  };
}

/** The service, with its variables resolved when a hook runs. */
export interface Service {
  readonly service: string;
  readonly provider: { readonly stage?: string };
  readonly custom?: unknown;
  package: { patterns?: readonly string[]; readonly path?: string };
  readonly functions: Record<string, Packaged>;
  readonly layers?: Record<string, Packaged>;
}

/** A function or a layer, as far as its packaging is concerned. */
export interface Packaged {
  package?: { artifact?: string; individually?: boolean };
}

/** Options of the command line. */
export interface CommandOptions {
  readonly stage?: string;
  /** Folder of the package, with --package. */
  readonly package?: string;
  /** Key of a function, with -f. */
  readonly function?: string;
}

/** Writes a line or lines. */
type Log = (text: string) => void;

/** How a plugin talks: what is told at which level is chosen by the user (--verbose). */
export interface Writers {
  readonly log: {
    readonly info: Log;
    readonly notice: Log;
    readonly warning: Log;
    readonly success: Log;
  };
  readonly progress: {
    get(name: string): { notice(text: string): void; remove(): void };
  };
}

/** What every hook is given. */
export interface Door {
  readonly framework: Framework;
  readonly options: CommandOptions;
  readonly writers: Writers;
}
