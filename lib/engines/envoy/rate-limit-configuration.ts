import type { Architecture, GlobalRateLimit } from '../../model/architecture/index.js';
import { keys } from './global-rate-limit.js';

/**
 * What Envoy's rate limit service has to know of an architecture's global limits: its own configuration, as YAML. Undefined where there are none.
 *
 * @see https://github.com/envoyproxy/ratelimit#the-configuration-format
 */
export function rateLimitConfiguration({ name, environment, services, rateLimitService }: Architecture): string | undefined {
  const limits = services.flatMap(({ name: service, globalRateLimit, rules }) => [
    ...(globalRateLimit === undefined ? [] : descriptor(keys.service, service, globalRateLimit)),
    ...rules.flatMap(({ path, globalRateLimit: limit }) => (limit === undefined ? [] : descriptor(keys.route, path, limit))),
  ]);
  if (limits.length === 0 || rateLimitService === undefined) return undefined;
  return [
    `# What all instances together take in ${name}, ${environment}: for the rate limit service. Made from the declaration, which is the place to change it.`,
    `domain: ${JSON.stringify(rateLimitService.domain)}`,
    'descriptors:',
    ...limits,
    '',
  ].join('\n');
}

/** A caller is a key without a value: each that comes is counted for itself. */
const descriptor = (key: string, value: string, limit: GlobalRateLimit): string[] => [
  `  - key: ${key}`,
  `    value: ${JSON.stringify(value)}`,
  ...(limit.per === 'caller' ? ['    descriptors:', `      - key: ${keys.caller}`, ...counted(limit, '        ')] : counted(limit, '    ')),
];

const counted = ({ requests, unit }: GlobalRateLimit, indent: string): string[] => [
  `${indent}rate_limit:`,
  `${indent}  unit: ${unit}`,
  `${indent}  requests_per_unit: ${requests}`,
];
