import { dirname } from 'node:path/posix';
import { Duration, Stack, Token } from 'aws-cdk-lib';
import { ContainerImage, type Secret, UlimitName } from 'aws-cdk-lib/aws-ecs';
import type { Construct } from 'constructs';
import * as envoy from '../../lib/engines/envoy/index.js';
import type { Call, Gateway, Version } from '../../lib/index.js';
import { addressVariables } from '../../lib/model/address-variables.js';
import { refuse } from '../refuse.js';
import { certificateProblems, secretsOf } from './certificates.js';
import { type Grown, reportSize } from './configuration-size.js';
import { drainer } from './drainer.js';
import type { Engine, IngressProxy, InstalledEngine, MeshPlan, Sidecar } from './engine.js';
import { inMemory } from './in-memory.js';
import { prepareInterception, proxyConfigurationOf, userNumber } from './interception.js';

export interface EnvoyOptions {
  /**
   * An Envoy of version 1.40 or later that has bash and sleep, for its health check and for draining, and the roots of the public web.
   *
   * @default ContainerImage.fromRegistry('docker.io/envoyproxy/envoy:v1.40.0'); mirror it to a registry of your own, which has no pull limit
   */
  readonly image?: ContainerImage;
  /** Who it runs as: a user without rights, numeric. @default '101', `envoy` in Envoy's images; '1337' beside an intercepted app, which must be another */
  readonly user?: string;
}

/** `envoy` in Envoy's images. */
const usualUser = '101';

/** Envoy with its whole configuration in the task definition: no control plane, nothing to fetch at start. */
export class EnvoyEngine implements Engine {
  readonly name = 'envoy';
  constructor(private readonly options: EnvoyOptions = {}) {}

  install(scope: Construct, plan: MeshPlan): InstalledEngine {
    refuse(certificateProblems(this.name, plan));
    prepareInterception(scope, plan);
    return new InstalledEnvoy(plan, this.options);
  }
}

/** In what the proxies of versions and of the ingress differ. */
interface ProxyParts {
  /** The version's id, or `ingress`. */
  readonly name: string;
  readonly configuration: envoy.Bootstrap;
  readonly user: string;
  readonly secrets: Record<string, Secret>;
  readonly variables: Record<string, string>;
  readonly grown: Grown;
}

class InstalledEnvoy implements InstalledEngine {
  readonly ports: readonly number[];
  readonly metricsPort: number | undefined;

  constructor(
    private readonly plan: MeshPlan,
    private readonly options: EnvoyOptions,
  ) {
    const further = plan.architecture.services.flatMap(({ ports }) => ports.filter(({ admits }) => admits.length > 0));
    this.metricsPort = plan.architecture.observability.metrics === 'network' ? envoy.metricsPort : undefined;
    this.ports = [...new Set([envoy.inboundPort, ...further.map(({ inbound }) => inbound)])].sort((one, other) => one - other);
  }

  sidecar(scope: Construct, version: Version): Sidecar {
    const { architecture, certificates } = this.plan;
    const configuration = envoy.compileSidecar(architecture, version, this.placement({ version }));
    const calls = architecture.calls.filter(({ from }) => from === version.service);
    const service = architecture.services.find(({ name }) => name === version.service)!;
    const user = this.options.user ?? (service.interception === undefined ? usualUser : String(envoy.interceptingUser));
    const redirection = service.interception && envoy.redirectionOf(service, userNumber(user));
    return {
      ...this.proxy(scope, {
        name: version.id,
        configuration,
        user,
        secrets: secretsOf(certificates.services[version.service]!, envoy.credentialVariables),
        variables: envoy.tracerVariables(architecture, version.name),
        grown: { by: 'calls and callers', amount: calls.length + service.admits.length },
      }),
      drainer: service.listen === undefined ? undefined : drainer(this.image(), user, envoy.serviceLeave(service)),
      ...(redirection === undefined ? {} : { proxyConfiguration: proxyConfigurationOf(redirection) }),
      environment: Object.assign({}, ...calls.map((call) => addressOf(call))),
    };
  }

  ingress(scope: Construct, gateways: readonly Gateway[]): IngressProxy {
    const { architecture, certificates } = this.plan;
    const user = this.options.user ?? usualUser;
    const secrets = gateways.map(({ name }) => secretsOf(certificates.gateways[name]!, suffixed(envoy.variableSuffixOf(name))));
    return {
      ...this.proxy(scope, {
        name: 'ingress',
        configuration: envoy.compileIngress({ ...architecture, gateways }, this.placement()),
        user,
        secrets: Object.assign({}, ...secrets),
        variables: envoy.tracerVariables(architecture, undefined),
        grown: { by: 'routes', amount: gateways.reduce((sum, { routes }) => sum + routes.length, 0) },
      }),
      drainer: drainer(this.image(), user, envoy.ingressLeave(gateways)),
      health: { port: envoy.readyPort, path: '/ready' },
    };
  }

  private image(): ContainerImage {
    return this.options.image ?? ContainerImage.fromRegistry('docker.io/envoyproxy/envoy:v1.40.0');
  }

  private placement(options: envoy.AwsPlacementOptions = {}): envoy.Placement {
    const { architecture, namespace } = this.plan;
    const aws = envoy.awsPlacement(architecture, options);
    return {
      ...aws,
      interception: { ...aws.interception!, hosts: ({ to }) => [to, `${to}.${namespace.namespaceName}`] },
      endpoints: ({ id }, port) => ({ dns: `${id}.${namespace.namespaceName}`, port: port?.inbound ?? envoy.inboundPort }),
    };
  }

  private proxy(scope: Construct, { name, configuration, user, secrets, variables, grown }: ProxyParts): Omit<Sidecar, 'drainer'> {
    const text = deployed(scope, configuration);
    reportSize(scope, name, text, grown);
    return {
      container: {
        image: this.image(),
        user,
        // No hot restart: a new task replaces the old one.
        command: ['--config-yaml', text, '--concurrency', String(envoy.concurrency), '--disable-hot-restart'],
        secrets,
        ...(Object.keys(variables).length === 0 ? {} : { environment: variables }),
        healthCheck: {
          command: ['CMD', 'bash', '-c', readiness(envoy.readyPort)],
          interval: Duration.seconds(5),
          timeout: Duration.seconds(2),
          retries: 3,
          // Envoy listens once DNS has answered for every callee: a slow answer is not worth another task, which would ask again.
          startPeriod: Duration.minutes(1),
        },
        ulimits: [{ name: UlimitName.NOFILE, softLimit: 65_535, hardLimit: 65_535 }],
      },
      writable: [inMemory(dirname(envoy.adminSocket))],
      environment: {},
      proxyConfiguration: undefined,
    };
  }
}

/** A script for bash, whose /dev/tcp asks where there is no curl: ends with 0 when `GET /ready` answers 200. */
export const readiness = (port: number): string =>
  `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET /ready HTTP/1.1\\r\\nHost: ready\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r line <&3 && [[ $line == *' 200 '* ]]`;

/** What tells an app where its sidecar listens for a callee. Never `localhost`, which may be ::1. */
const addressOf = (call: Call): Record<string, string> => addressVariables(call, '127.0.0.1', call.localPort);

const suffixed = (suffix: string): Record<string, string> =>
  Object.fromEntries(Object.entries(envoy.credentialVariables).map(([key, variable]) => [key, variable + suffix]));

/** CloudFormation completes it: a database's host is known only then. */
const deployed = (scope: Construct, configuration: envoy.Bootstrap): string =>
  envoy.compact(configuration, (value) => (Token.isUnresolved(value) ? Stack.of(scope).toJsonString(value) : JSON.stringify(value)));
