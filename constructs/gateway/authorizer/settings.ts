/** What the function knows of the gateway: JSON in its environment. */
export interface AuthorizerSettings {
  /** Compared with the token's `iss`, byte for byte. */
  readonly issuer: string;
  /** A token must be for one of them. */
  readonly audience: readonly string[];
  /** Where the issuer's public keys are: https. */
  readonly jwks: string;
  /** By route (`POST /orders`): a token needs one of them. A route that is not listed needs a good token and no more. */
  readonly scopes: Readonly<Record<string, readonly string[]>>;
}
