import type { Architecture, Service } from '../model/architecture/index.js';
import type { Aspects } from './aspects.js';
import { code, crowd, table } from './markdown.js';

const through = 'what its app sends elsewhere by TCP goes through its sidecar, which refuses what no call is declared for';

/** What holds for a service whose app is intercepted. */
export const interceptionAspects = ({ interception }: Service): Aspects => {
  if (interception === undefined) return {};
  const { bypassPorts, bypassAddresses } = interception;
  const ports = bypassPorts.map((port) => `port ${port}`);
  return { interception: through, 'past its sidecar': [...bypassAddresses, ...ports].join(', ') };
};

/** What egress is worth beyond being declared; empty where nothing is intercepted. */
export function interceptedInWords({ services }: Architecture): string {
  const names = services.flatMap(({ name, interception }) => (interception === undefined ? [] : [name]));
  if (names.length === 0) return '';
  return ` Where the app is intercepted (${crowd(names)}), its TCP to anything else is refused, unless it can become the user of its sidecar.`;
}

/** Undefined where nothing is intercepted. */
export function interceptionSection({ services }: Architecture): string | undefined {
  const rows = services.flatMap((service) => {
    const past = interceptionAspects(service)['past its sidecar'];
    return past === undefined ? [] : [[service.name, past.split(', ').map(code).join(', ')]];
  });
  if (rows.length === 0) return undefined;
  return [
    '## Interception',
    'What these apps send elsewhere by TCP goes through their sidecars, whatever address it is for; what no call is declared for is refused. UDP goes as before.',
    table(['service', 'asked past its sidecar'], rows),
  ].join('\n\n');
}
