import type { ContainerImage, Secret } from 'aws-cdk-lib/aws-ecs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { BindExternals, ServiceName, VersionName } from '../lib/index.js';

export type { BindExternals, ExternalBinding, ServiceName, VersionName } from '../lib/index.js';

/** What a deployment adds to an architecture. Forgetting the host of an external that declares none is a compile error, and an error again at synth. */
export type Bind<D> = BindExternals<D> & { readonly services?: { readonly [S in ServiceName<D>]?: Workload<VersionName<D, S>> } };

/** A `bind` that may be left out where nothing is left to bind. */
export type BindProperty<B> = {} extends B ? { readonly bind?: B } : { readonly bind: B };

/** What the deployment knows of a service's tasks. */
export interface Workload<V extends string = string> {
  /** For every version without one of its own in `versions`. Wins over the declared image. @default the declared image */
  readonly image?: ContainerImage;
  /** Images by version. */
  readonly versions?: { readonly [K in V]?: { readonly image: ContainerImage } };
  /** Environment variables beside the declared ones, and in place of one of that name: names of tables and queues. Not those that calls set. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Environment variables that ECS fills from Secrets Manager or Parameter Store when a task starts. */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /** CPU units of a task, 1024 to a core, for app and sidecar together. @default 512 */
  readonly cpu?: number;
  /** Memory of a task, for app and sidecar together. @default 1024 */
  readonly memoryLimitMiB?: number;
}

/** One secret an identity: JSON with the keys `certificate`, `privateKey` and `trust`, each PEM. Made by you, named by you; nothing of it enters a template. */
export interface Certificates<D> {
  readonly services: { readonly [S in ServiceName<D>]: ISecret };
  /** Of each gateway with a route to a service: who the ingress is when it carries that gateway's requests. @default none */
  readonly gateways?: Readonly<Record<string, ISecret>>;
}
