/** What variables of a serverless.yml take their values from, besides the file itself. */
export interface VariableInputs {
  /** --stage and --region; both are options too. */
  readonly stage?: string;
  readonly region?: string;
  /** Options of the command line by name: `--opt name=value`. */
  readonly options: Readonly<Record<string, string>>;
  /** Parameters of the command line by name: `--param name=value`. */
  readonly params: Readonly<Record<string, string>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const noInputs: VariableInputs = { options: {}, params: {}, environment: {} };
