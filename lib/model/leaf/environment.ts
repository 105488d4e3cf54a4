import * as z from 'zod';
import { external } from './external.js';
import { gateway } from './gateway.js';
import { says } from './scalar.js';
import { version } from './version.js';

/** The leaves of `environments`: the very fields that they replace. */
const { image, scale, env } = version.shape;
export const sizing = z.strictObject({ image, scale, env }, says('{ image?, scale?, env? }'));
/** Of a service, which may have versions. */
export const serviceSizing = z.strictObject(sizing.shape, says('{ image?, scale?, env?, versions? }'));
export const address = z.strictObject({ host: external.shape.host.unwrap() }, says('{ host }'));
export const entry = z.strictObject({ throttle: gateway.shape.throttle.unwrap() }, says('{ throttle }'));
export const environment = z.strictObject(
  { production: z.boolean(says('true or false')).optional() },
  says('{ production?, services?, external?, gateways? }'),
);
