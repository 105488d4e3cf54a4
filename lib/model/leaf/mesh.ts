import * as z from 'zod';
import { rateLimitService } from './global-rate-limit.js';
import { mtls } from './mtls.js';
import { says, text } from './scalar.js';

const trustDomain = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** The schema of ../spec/mesh.ts. */
export const mesh = z.strictObject(
  {
    mtls: mtls.optional(),
    compatibility: z.literal('app-mesh', says('"app-mesh"')).optional(),
    egress: z.literal('declared', says('"declared"')).optional(),
    trustDomain: text('a lower-case DNS name, such as "shop.example.com"', trustDomain).optional(),
    rateLimitService: rateLimitService.optional(),
  },
  says('{ mtls?, compatibility?, egress?, trustDomain?, rateLimitService?, defaults? }'),
);
