import type { Gateway } from '../model/architecture/index.js';
import { showDuration } from '../model/duration.js';
import type { Check } from './check.js';
import { routeHop } from './hop.js';

/**
 * How long API Gateway waits for an integration, in milliseconds. REST: 50 ms to 29 s; AWS raises it for Regional and private APIs on request. HTTP: 30 s, fixed.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
const longest: Record<Gateway['kind'], number> = { rest: 29_000, http: 30_000 };
const names: Record<Gateway['kind'], string> = { rest: 'a REST API', http: 'an HTTP API' };

/**
 * A route's timeout is one that API Gateway can wait for, and what stands behind it answers within.
 */
export const gatewayTimeoutFits: Check = {
  id: 'gateway-timeout-fits',
  severity: 'error',
  why: 'API Gateway refuses the deployment, or answers 504 by itself while the services go on working',
  *find(architecture) {
    for (const gateway of architecture.gateways) {
      const limit = longest[gateway.kind];
      for (const route of gateway.routes) {
        const at = `${route.at}.timeout`;
        if (route.timeout > limit) {
          const is = `${route.key} waits ${showDuration(route.timeout)}, ${names[gateway.kind]} at most ${showDuration(limit)}`;
          yield { at, is, fix: { set: at, to: `'${showDuration(limit)}'` } };
        }
        const rules = routeHop(architecture, gateway.name, route).flatMap((hop) => hop.rules);
        const stream = rules.find((rule) => rule.stream && rule.upgrade === undefined);
        if (stream !== undefined) {
          const is = `${route.key} leads to a stream, ${stream.path}, and ${names[gateway.kind]} ends every answer after ${showDuration(Math.min(route.timeout, limit))}`;
          yield { at: route.at, is, fix: 'let clients ask again for what is new, or take the route out' };
        }
        if (route.timeout > limit || stream !== undefined) continue;
        // That WebSockets do not pass is another check's business.
        const behind = Math.max(0, ...rules.filter(({ upgrade }) => upgrade === undefined).map(({ policy }) => policy.timeout));
        if (behind <= route.timeout) continue;
        const is = `${route.key}: the ingress waits ${showDuration(behind)} for its target, API Gateway ${showDuration(route.timeout)}`;
        yield { at, is, fix: { set: at, to: `'${showDuration(route.timeout)}'` } };
      }
    }
  },
};
