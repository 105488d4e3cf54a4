import type { Architecture, Gateway, Version } from '../../model/architecture/index.js';
import { meshName } from './name.js';

/** The newest image that AWS published, of February 2025. Its Envoy is 1.29. */
export const image = 'public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.12.0-prod';

/** What a task needs beside its app. Region and account are not known here. */
export interface SidecarDescription {
  readonly image: string;
  /** After `arn:aws:appmesh:<region>:<account>:`. The sidecar may stream this configuration and no other. */
  readonly resource: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly healthCommand: readonly string[];
  /** Undefined for a virtual gateway, whose task must have neither this nor a user of its own. */
  readonly proxy: ProxyDescription | undefined;
}

/** ECS's `proxyConfiguration` of type APPMESH: the task's traffic goes through Envoy, except what Envoy's own user sends. */
export interface ProxyDescription {
  /** The user id that Envoy runs as. */
  readonly ignoredUid: number;
  readonly ingressPort: number;
  readonly egressPort: number;
  readonly appPorts: readonly number[];
  readonly egressIgnoredIps: readonly string[];
  readonly egressIgnoredPorts: readonly number[];
}

/** 1337, 15000 and 15001 are the image's own; the two addresses are ECS task metadata and EC2 instance metadata. */
const proxy = {
  ignoredUid: 1337,
  ingressPort: 15_000,
  egressPort: 15_001,
  egressIgnoredIps: ['169.254.170.2', '169.254.169.254'],
  egressIgnoredPorts: [],
} as const;

/** ECS wants a port even of a worker: nothing listens on 1. */
const nothingListens = 1;

const description = (resource: string, proxy: ProxyDescription | undefined): SidecarDescription => ({
  image,
  resource,
  environment: { ENVOY_ADMIN_ACCESS_PORT: '9901', ENVOY_LOG_LEVEL: 'info', ENABLE_ENVOY_STATS_TAGS: '1' },
  healthCommand: ['CMD-SHELL', 'curl -s http://127.0.0.1:9901/server_info | grep state | grep -q LIVE'],
  proxy,
});

export function versionSidecar(version: Version, architecture: Architecture): SidecarDescription {
  const service = architecture.services.find(({ name }) => name === version.service);
  const { bypassAddresses = proxy.egressIgnoredIps, bypassPorts = proxy.egressIgnoredPorts } = service?.interception ?? {};
  return description(`mesh/${meshName(architecture)}/virtualNode/${version.id}`, {
    ...proxy,
    appPorts: [service?.listen?.port ?? nothingListens],
    egressIgnoredIps: bypassAddresses,
    egressIgnoredPorts: bypassPorts,
  });
}

export const gatewaySidecar = (gateway: Gateway, architecture: Architecture): SidecarDescription =>
  description(`mesh/${meshName(architecture)}/virtualGateway/${gateway.name}`, undefined);
