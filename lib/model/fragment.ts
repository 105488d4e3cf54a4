import type { CallSpec, ListenSpec, ServiceSpec, VersionSpec } from './spec/index.js';
import type { names } from './spec/phantom.js';

/** A service that was written apart. Its callees and policies are held against the architecture where it is put in. */
export interface Fragment<N extends string, V extends string, P extends string, O extends string = never> {
  ports?: { [K in O]: ListenSpec };
  versions?: { [K in V]: VersionSpec };
  readonly [names]?: { readonly callees: N; readonly policies: P };
}

/** A service whose callees are whatever it says: the compiler infers them. */
type Apart<N extends string, V extends string, P extends string, O extends string> = Omit<
  ServiceSpec<string, NoInfer<V>, string>,
  'calls' | 'ports' | typeof names
> & {
  calls?: { [K in N]: CallSpec<P> };
  versions?: { [K in V]: VersionSpec };
  ports?: { [K in O]: ListenSpec };
};

/**
 * A service in a file of its own, one to a team. Its own versions are checked here; the names of its callees and policies where fragments meet, as is all else:
 * `defineArchitecture({ services: { orders, catalog } })`.
 */
export const defineService = <
  const N extends string = never,
  const V extends string = never,
  const P extends string = never,
  const O extends string = never,
>(
  spec: Apart<N, V, P, O>,
): Fragment<NoInfer<N>, NoInfer<V>, NoInfer<P>, NoInfer<O>> => spec as Fragment<N, V, P, O>;

/** The names that an architecture's files share. */
export interface Vocabulary<N extends string> {
  /** As `defineService`, and the file itself knows which callees there are: the editor completes them, the compiler refuses others. */
  service<const V extends string = never, const P extends string = never, const O extends string = never>(
    spec: Omit<ServiceSpec<NoInfer<N>, NoInfer<V>, P>, 'ports' | typeof names> & {
      versions?: { [K in V]: VersionSpec };
      ports?: { [K in O]: ListenSpec };
    },
  ): Fragment<N, NoInfer<V>, NoInfer<P>, NoInfer<O>>;
}

/**
 * The names of services and externals, in a file that every fragment imports. A name of it that the architecture lacks is an error where they meet.
 *
 * @param _list for the compiler: `['orders', 'catalog', 'stripe']`
 */
export function vocabulary<const N extends string>(_list: readonly N[]): Vocabulary<N> {
  return { service: (spec) => spec as never };
}
