/** How the mesh as a whole proves who asks whom. */
export type Mtls =
  | { readonly mode: 'strict' | 'off' }
  /** `until` is the last day, as `2027-03-31`. */
  | { readonly mode: 'permissive'; readonly until: string; readonly clients: readonly PlaintextClient[] };

/** Who may ask in plaintext, and proves nothing. */
export interface PlaintextClient {
  readonly name: string;
  /** Ranges of addresses, as `10.0.4.0/24`. */
  readonly from: readonly string[];
  /** Services, sorted. */
  readonly to: readonly string[];
}
