import { count } from '../count.js';
import { capabilities as appMesh, lost as lostInAppMesh } from '../engines/app-mesh/index.js';
import type { Capability, Loss } from '../engines/capability.js';
import { capabilities as envoy } from '../engines/envoy/capabilities.js';
import type { Architecture } from '../model/architecture/index.js';
import { code, page, prose, table } from './markdown.js';

/** Each engine's table, and what of an architecture it cannot carry. */
const engines: readonly {
  readonly name: string;
  readonly capabilities: readonly Capability[];
  lost(architecture: Architecture): readonly Loss[];
}[] = [
  { name: 'envoy', capabilities: envoy, lost: () => [] },
  { name: 'app-mesh', capabilities: appMesh, lost: lostInAppMesh },
];

/** Which engine carries this architecture, and what would be lost. */
export function enginesPage(architecture: Architecture): string {
  const losses = engines.map(({ name, lost, capabilities }) => ({ name, capabilities, losses: lost(architecture) }));
  return page([
    `# ${architecture.name}: engines`,
    losses.map(({ name, losses, capabilities }) => `**${name}** ${verdict(losses, capabilities)}.`).join(' '),
    ...losses.flatMap(({ name, losses }) => section(name, losses)),
    ...losses.flatMap(({ name, losses, capabilities }) => (losses.length === 0 ? limits(name, capabilities) : [])),
  ]);
}

function verdict(losses: readonly Loss[], capabilities: readonly Capability[]): string {
  if (losses.length === 0) return limited(capabilities).length === 0 ? 'carries all of it' : 'carries all of it, within its limits below';
  const errors = losses.filter(({ severity }) => severity === 'error').length;
  const kinds = [
    errors > 0 ? `${errors} not enforced` : '',
    losses.length > errors ? `${losses.length - errors} otherwise than declared` : '',
  ];
  return `loses something in ${count(losses.length, 'place')}: ${kinds.filter((kind) => kind !== '').join(', ')}`;
}

function section(name: string, losses: readonly Loss[]): string[] {
  if (losses.length === 0) return [];
  const rows = losses.map(({ severity, at, is }) => [
    severity === 'error' ? '**not enforced**' : 'otherwise',
    at === '' ? 'everywhere' : code(at),
    prose(is),
  ]);
  return [
    `## Lost with ${name}`,
    table(['', 'at', 'what will be instead'], rows, 45, `\`edge-mesh compile --engine ${name}\` says all of them`),
  ];
}

/** Of the engine that carries it all: what holds whatever is declared. What of another is lost here, is told place by place. */
function limits(name: string, capabilities: readonly Capability[]): string[] {
  const rows = limited(capabilities).map((capability) => [
    capability.feature,
    capability.support === 'full' ? '' : `${capability.support === 'absent' ? '**absent**: ' : ''}${prose(capability.reason)}`,
  ]);
  if (rows.length === 0) return [];
  return [
    `## Limits of ${name}`,
    'They hold for any architecture. What is not listed, it carries in full.',
    table(['feature', 'how far'], rows),
  ];
}

const limited = (capabilities: readonly Capability[]): Capability[] => capabilities.filter(({ support }) => support !== 'full');
