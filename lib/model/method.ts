import type { Method } from './spec/route-key.js';

/** All that a route can name, and what `ANY` stands for: those of API Gateway. */
export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const satisfies readonly Method[];
