import * as z from 'zod';
import { run } from './run.js';
import { list, says, text, variables, whole } from './scalar.js';

/** The schemas of ../spec/version.ts. */
const scale = z.strictObject(
  {
    min: whole(0, 1_000),
    max: whole(1, 1_000),
    requestsPerSecond: z.number(says('a number above 0')).positive(says('a number above 0')).optional(),
  },
  says('{ min, max, requestsPerSecond? }'),
);

/** A registry, a name in small letters, and a tag or a digest or both, as every container runtime reads it. */
const image =
  /^(?=.{1,512}$)(?:[a-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_{1,2}|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

export const versionFields = {
  image: text('a container image, such as "ghcr.io/acme/orders:7"', image).optional(),
  command: list(z.string(says('a string')), 'a list of strings, such as ["node", "server.js"]', 'at least one string').optional(),
  env: variables.optional(),
  scale: scale.optional(),
  run: run.optional(),
};

export const version = z.strictObject(versionFields, says('{ image?, command?, env?, scale?, run? }'));
