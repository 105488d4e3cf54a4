import { awsPlacement, compileIngress, compileSidecar, credentialVariables, variableSuffixOf } from '../../../lib/engines/envoy/index.js';
import type { Architecture } from '../../../lib/index.js';
import { type Files, prettyJson } from '../folder.js';

/** One bootstrap for each version, `<version>.json`, and the ingress's where there is a gateway. */
export function compileEnvoy(architecture: Architecture): { files: Files; notes: string[] } {
  const unbound = architecture.externals.filter(({ host }) => host === undefined);
  const externalHosts = Object.fromEntries(unbound.map(({ name }) => [name, { host: `${name.toLowerCase()}.bound-at-deploy.invalid` }]));
  const sidecars = architecture.services
    .flatMap(({ versions }) => versions)
    .map((version) => [
      `${version.id}.json`,
      prettyJson(compileSidecar(architecture, version, awsPlacement(architecture, { version, externalHosts }))),
    ]);
  const ingress =
    architecture.gateways.length === 0
      ? []
      : [['ingress.json', prettyJson(compileIngress(architecture, awsPlacement(architecture, { externalHosts })))]];
  return {
    files: Object.fromEntries([...sidecars, ...ingress]),
    notes: [
      ...unbound.map(({ name }) => `${name} has no host here: the files say ${externalHosts[name]!.host}, the CDK side binds the real one`),
      `each Envoy finds its identity in the environment, as PEM: ${variablesOf('')}`,
      ...architecture.gateways.map(({ name }) => `the ingress finds that of ${name}: ${variablesOf(variableSuffixOf(name))}`),
    ],
  };
}

const variablesOf = (suffix: string): string =>
  Object.values(credentialVariables)
    .map((name) => name + suffix)
    .join(', ');
