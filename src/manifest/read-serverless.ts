import type { ServerlessReading, ServerlessService } from './serverless/index.js';

/** From a resolved service to its typed form; the schema of its options is loaded only here. */
export async function readServerless(service: ServerlessService): Promise<ServerlessReading> {
  const { readServerlessService } = await import('./serverless/index.js');
  return readServerlessService(service);
}
