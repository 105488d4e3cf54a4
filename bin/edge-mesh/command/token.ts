import { issueToken } from '../../../lib/twin/token.js';
import type { Context, ExitCode } from '../context.js';

/** A token for an authorizer of the twin that runs now; the token alone on stdout, for `$(…)`. */
export async function token(
  context: Context,
  file: string,
  authorizer: string,
  { scope, subject }: { scope?: readonly string[]; subject?: string },
): Promise<ExitCode> {
  const { terminal } = context;
  const architecture = await context.architecture(file);
  const issued = await issueToken(architecture, authorizer, {
    ...(scope === undefined ? {} : { scopes: scope }),
    ...(subject === undefined ? {} : { subject }),
  });
  if (terminal.json) terminal.reportJson({ version: 1, token: issued });
  else terminal.report(issued);
  return 0;
}
