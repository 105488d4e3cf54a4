import type { Declaration } from './declaration.js';

/** The names of a declaration's services; any string where the compiler cannot know them (`parseArchitecture`). */
export type ServiceName<D> = D extends Declaration<infer T, unknown, unknown> ? (unknown extends T ? string : keyof T & string) : never;

/** The names of a service's versions; never where it declares none. */
export type VersionName<D, S extends string> =
  D extends Declaration<infer T, unknown, unknown> ? (unknown extends T ? string : S extends keyof T ? keyof T[S] & string : never) : never;

/** Where an external is, known only at deploy. Wins over what the architecture declares. */
export interface ExternalBinding {
  /** A name or an address; unlike in the model, a CDK token is welcome. */
  readonly host: string;
  /** @default the declared port */
  readonly port?: number;
}

/** The externals that were declared without a host. */
type Hostless<X> = { [K in keyof X]: unknown extends X[K] ? K : never }[keyof X] & string;

/** The hosts that the declaration leaves to the CDK side: what a mesh needs without its services. Forgetting one is a compile error. */
export type BindExternals<D> =
  D extends Declaration<unknown, infer X, unknown>
    ? unknown extends X
      ? { readonly external?: Readonly<Record<string, ExternalBinding>> }
      : [Hostless<X>] extends [never]
        ? { readonly external?: { readonly [K in keyof X]?: ExternalBinding } }
        : { readonly external: { readonly [K in Hostless<X>]: ExternalBinding } & { readonly [K in keyof X]?: ExternalBinding } }
    : never;

/**
 * All that the declaration leaves to the CDK side.
 *
 * @typeParam Service what is bound to a service: the CDK side has a type of its own for it, by service
 */
export type Bind<D, Service = { readonly image: unknown }> = BindExternals<D> & {
  readonly services?: { readonly [S in ServiceName<D>]?: Service };
};
