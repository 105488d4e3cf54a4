/** Somebody outside the mesh who may ask without a certificate until it has one: a task that has not moved yet. */
export interface PlaintextClientSpec<N extends string = string> {
  /** Where it asks from, as the sidecar of the service sees it: ranges such as `'10.0.4.0/24'`. Whoever is in them is taken for it. */
  from: string[];
  /** The services that take plaintext from it; all others stay strict. */
  to: N[];
}

/**
 * - `'strict'`: whoever asks proves its identity, and so does who is asked.
 * - `{ permissive }`: for moving into the mesh. Named clients may ask named services in plaintext for any request, since they prove no identity, until a day.
 * - `'off'`: plaintext, no identities: access rules by caller hold nowhere.
 */
export type MtlsSpec<N extends string = string> =
  | 'strict'
  | 'off'
  | {
      permissive: {
        /** The last day on which it may be so, such as `'2027-03-31'`. Nothing closes by itself: from then on it is a finding of its own. */
        until: string;
        clients: Record<string, PlaintextClientSpec<N>>;
      };
    };
