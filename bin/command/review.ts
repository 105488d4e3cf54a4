import { BadInput } from '../bad-input.js';
import type { Context, ExitCode } from '../context.js';

export async function review(context: Context, file: string, _options: { out?: string; check?: boolean }): Promise<ExitCode> {
  await context.architecture(file);
  throw new BadInput('the review is being built');
}
