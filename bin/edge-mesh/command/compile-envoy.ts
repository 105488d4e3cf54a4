import {
  awsPlacement,
  compileIngress,
  compileSidecar,
  credentialVariables,
  nftables,
  rateLimitConfiguration,
  redirectionOf,
  variableSuffixOf,
} from '../../../lib/engines/envoy/index.js';
import type { Architecture } from '../../../lib/index.js';
import { type Files, prettyJson } from '../folder.js';

/** One bootstrap for each version, `<version>.json`, and the ingress's where there is a gateway; the rules of the network of a service that is intercepted, `<service>.nft`; and what the rate limit service counts. */
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
  const redirected = architecture.services.flatMap((service) => {
    const redirection = redirectionOf(service);
    return redirection === undefined ? [] : [{ name: service.name, file: `${service.name}.nft`, redirection }];
  });
  const limits = rateLimitConfiguration(architecture);
  return {
    files: Object.fromEntries([
      ...sidecars,
      ...ingress,
      ...redirected.map(({ file, redirection }) => [file, nftables(redirection)]),
      ...(limits === undefined ? [] : [[limitsFile, limits]]),
    ]),
    notes: [
      ...unbound.map(({ name }) => `${name} has no host here: the files say ${externalHosts[name]!.host}, the CDK side binds the real one`),
      `each Envoy finds its identity in the environment, as PEM: ${variablesOf('')}`,
      ...architecture.gateways.map(({ name }) => `the ingress finds that of ${name}: ${variablesOf(variableSuffixOf(name))}`),
      ...redirected.map(
        ({ name, file, redirection: { user } }) =>
          `${name} is intercepted: nft -f ${file} in the network of each task, its Envoy as user ${user}, its app as any other`,
      ),
      ...(limits === undefined
        ? []
        : [
            `${architecture.rateLimitService!.to} counts what stands in ${limitsFile}, and limits nothing else: it needs the file before sidecars ask`,
          ]),
    ],
  };
}

/** For the rate limit service, as its RUNTIME_ROOT has it under `config/`. */
const limitsFile = 'rate-limit-service.yaml';

const variablesOf = (suffix: string): string =>
  Object.values(credentialVariables)
    .map((name) => name + suffix)
    .join(', ');
