import { shellWords } from '../../../lib/shell-words.js';
import { issueToken } from '../../../lib/twin/token.js';
import { BadInput } from '../bad-input.js';
import type { Context, ExitCode } from '../context.js';

/** A token for an authorizer of the twin that runs now; the token alone on stdout, for `$(…)`. */
export async function token(
  context: Context,
  file: string,
  authorizer: string,
  { scope, subject, claim }: { scope?: readonly string[]; subject?: string; claim?: readonly string[] },
): Promise<ExitCode> {
  const { terminal } = context;
  const architecture = await context.architecture(file);
  const wanted = {
    ...(scope === undefined ? {} : { scopes: scope }),
    ...(subject === undefined ? {} : { subject }),
    ...(claim === undefined ? {} : { claims: Object.fromEntries(claim.map(claimOf)) }),
  };
  const issued = await issueToken(architecture, authorizer, wanted, context.typed(file));
  if (terminal.json) terminal.reportJson({ version: 1, token: issued });
  else terminal.report(issued);
  return 0;
}

/** `level=3` is a number, `role=admin` a text. */
function claimOf(written: string): [string, unknown] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(written) ?? [];
  if (name === undefined || value === undefined)
    throw new BadInput(`--claim ${shellWords(written)} is no name and value; write them as in --claim role=admin`);
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}
