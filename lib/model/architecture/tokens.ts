import type { AdmittedRequest } from './admission.js';
import type { Authorizer } from './gateway.js';

/** A token that requests carry, verified at the service itself. */
export interface Tokens {
  readonly authorizer: Authorizer;
  /** Sorted by name. All have to hold, by one of their values; a claim that is a list has to contain one. */
  readonly claims: readonly { readonly name: string; readonly anyOf: readonly (string | number | boolean)[] }[];
  /** Those that need it; undefined is every request. Never empty. */
  readonly requests: readonly AdmittedRequest[] | undefined;
}
