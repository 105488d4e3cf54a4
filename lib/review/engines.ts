import { capabilities as appMesh, lost as lostInAppMesh } from '../engines/app-mesh/index.js';
import { type Capability, features, type Loss } from '../engines/capability.js';
import { capabilities as envoy } from '../engines/envoy/capabilities.js';
import type { Architecture } from '../model/architecture/index.js';
import { and, code, count, page, plain, table } from './markdown.js';

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
    '## What each engine can carry',
    table(
      ['feature', ...engines.map(({ name }) => name)],
      features.map((feature) => [feature, ...engines.map(({ capabilities }) => support(capabilities, feature))]),
    ),
  ]);
}

function verdict(losses: readonly Loss[], capabilities: readonly Capability[]): string {
  const partial = capabilities.filter(({ support }) => support !== 'full').map(({ feature }) => feature);
  if (losses.length === 0) return partial.length === 0 ? 'carries all of it' : `carries it; ${and(partial)} with the limits stated below`;
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
    plain(is),
  ]);
  return [`## Lost with ${name}`, table(['', 'at', 'what will be instead'], rows)];
}

function support(capabilities: readonly Capability[], feature: string): string {
  const own = capabilities.find((capability) => capability.feature === feature);
  if (own === undefined) return 'not stated';
  return own.support === 'full' ? 'full' : `${own.support}: ${plain(own.reason)}`;
}
