import * as z from 'zod';
import { list, says, variables } from './scalar.js';

const written = (pattern: RegExp, allowed: string) => z.string(says(allowed)).regex(pattern, says(allowed));

/** What a shell can be given: not empty, and no end of a text in C. */
const command = written(/^(?=[\s\S]*\S)[^\0]+$/, 'a command, such as "npm start"');

const long = z.strictObject(
  {
    command,
    cwd: written(/^[^\0]+$/, 'a folder, relative to the file of the architecture, such as "services/orders"').optional(),
    env: variables.optional(),
    inherit: list(
      written(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a variable of your shell'),
      'a list of variables of your shell, such as ["DB_PASSWORD"]',
      'at least one variable of your shell, such as ["DB_PASSWORD"]',
    ).optional(),
  },
  says('{ command, cwd?, env?, inherit? }'),
);

/** A command, or more than that: see `RunSpec`. */
export const run = z.union([command, long], says('a command, such as "npm start", or { command, cwd?, env?, inherit? }'));
