import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Surroundings } from './surroundings.js';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
  readonly Metadata?: { readonly 'aws:cdk:path'?: string };
}

/**
 * Leaves of a synthesized stack one gateway, and lets it lead to what is on this machine. What decides about a request stays as it is deployed:
 * resources, methods, routes, authorizers, scopes, the function and its code.
 *
 * @returns each thing that was written over, so that a test holds the list: what is not as deployed is not proven
 */
export function leaveGateway(folder: string, stack: string, gateway: string, around: Surroundings): readonly string[] {
  const file = join(folder, `${stack}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8')) as Record<'Resources' | 'Outputs', Record<string, Resource>>;
  const ofGateway = Object.entries(template.Resources).filter(([, { Metadata }]) =>
    Metadata?.['aws:cdk:path']?.includes(`/Gateway-${gateway}/`),
  );
  const written = new Set<string>();
  for (const [, { Type, Properties }] of ofGateway) {
    for (const what of overwrite(Type, Properties, around)) written.add(`${Type} ${what}`);
  }
  const api = ofGateway.find(([, { Type }]) => /^AWS::ApiGateway(::RestApi|V2::Api)$/.test(Type))?.[0];
  writeFileSync(file, JSON.stringify({ Resources: Object.fromEntries(ofGateway), Outputs: { ApiId: { Value: { Ref: api } } } }));
  return [...written].sort();
}

function overwrite(type: string, properties: Record<string, unknown>, { ingress, issuer, keys }: Surroundings): readonly string[] {
  switch (type) {
    // The emulator has no VPC links, and asks the URI by itself.
    case 'AWS::ApiGateway::Method': {
      const { ConnectionType, ConnectionId, IntegrationTarget, Uri, ...rest } = properties['Integration'] as Record<string, unknown>;
      if (ConnectionType !== 'VPC_LINK') return [];
      const [, path = ''] = /:\d+(\/[^"]*)"/.exec(JSON.stringify(Uri)) ?? [];
      properties['Integration'] = { ...rest, Uri: `${ingress}${path}` };
      return ['Integration.ConnectionId', 'Integration.ConnectionType', 'Integration.IntegrationTarget', 'Integration.Uri'];
    }
    case 'AWS::ApiGatewayV2::Integration':
      delete properties['ConnectionId'];
      delete properties['ConnectionType'];
      properties['IntegrationUri'] = ingress;
      return ['ConnectionId', 'ConnectionType', 'IntegrationUri'];
    // It takes `context.httpMethod` for absent, and would refuse every request; without those an answer must not be kept.
    case 'AWS::ApiGateway::Authorizer':
      properties['IdentitySource'] = 'method.request.header.Authorization';
      properties['AuthorizerResultTtlInSeconds'] = 0;
      return ['AuthorizerResultTtlInSeconds', 'IdentitySource'];
    // It runs functions here, and lets them speak plain HTTP to https://localhost.
    case 'AWS::Lambda::Function': {
      const { Variables } = properties['Environment'] as { readonly Variables: { AUTHORIZER: string } };
      Variables.AUTHORIZER = JSON.stringify({ ...JSON.parse(Variables.AUTHORIZER), jwks: keys.replace('http:', 'https:') });
      return ['Environment.Variables.AUTHORIZER.jwks'];
    }
    case 'AWS::ApiGatewayV2::Authorizer':
      properties['JwtConfiguration'] = { ...(properties['JwtConfiguration'] as object), Issuer: issuer };
      return ['JwtConfiguration.Issuer'];
    default:
      return [];
  }
}
