import { Secret } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Problem } from '../../lib/index.js';
import { member } from '../../lib/model/problem.js';
import { entersMesh } from '../front-door.js';
import type { MeshCertificates, MeshPlan } from './engine.js';

/** As an engine takes them: none where nobody gave any. */
export const meshCertificates = ({ services = {}, gateways = {} }: Partial<MeshCertificates> = {}): MeshCertificates => ({
  services,
  gateways,
});

/** Every service, and every gateway that enters the mesh, without a secret with its certificate. */
export function certificateProblems(engine: string, { architecture, certificates }: Omit<MeshPlan, 'namespace'>): Problem[] {
  const missing = (kind: 'services' | 'gateways', named: readonly { readonly name: string }[]): Problem[] =>
    named
      .filter(({ name }) => certificates[kind][name] === undefined)
      .map(({ name }) => ({
        path: member(`certificates.${kind}`, name),
        message: `the ${engine} engine needs a secret with the certificate of ${name}`,
      }));
  return [...missing('services', architecture.services), ...missing('gateways', architecture.gateways.filter(entersMesh))];
}

/** The keys of a secret as environment variables of a container. */
export const secretsOf = (secret: ISecret, variables: Readonly<Record<string, string>>): Record<string, Secret> =>
  Object.fromEntries(Object.entries(variables).map(([key, variable]) => [variable, Secret.fromSecretsManager(secret, key)]));
