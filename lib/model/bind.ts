import type { Declaration } from './declaration.js';

/** The externals that were declared without a host. */
type Hostless<X> = { [K in keyof X]: unknown extends X[K] ? K : never }[keyof X] & string;

/** Where an external is, known only at deploy. */
export interface ExternalBinding {
  host: string;
  /** @default the declared port */
  port?: number;
}

/**
 * What the declaration leaves to the CDK side. Forgetting an external without a host is a compile error.
 * `Image` is the CDK side's type of a container image.
 */
export type Bind<D, Image = unknown> =
  D extends Declaration<infer T, infer X, unknown>
    ? { services?: { [K in keyof T]?: { image: Image } } } & ([Hostless<X>] extends [never]
        ? { external?: { [K in keyof X]?: ExternalBinding } }
        : { external: { [K in Hostless<X>]: ExternalBinding } & { [K in keyof X]?: ExternalBinding } })
    : never;

/** The names of a declaration's services. */
export type ServiceName<D> = D extends Declaration<infer T, unknown, unknown> ? keyof T & string : never;
