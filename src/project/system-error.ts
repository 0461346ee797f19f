/**
 * The code of an error that the operating system gave, such as EACCES.
 * @throws the error itself when it is another, because then it is a defect
 */
export function systemErrorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  throw error;
}
