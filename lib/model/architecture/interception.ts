/** That a service's app is intercepted, and what it may ask directly all the same. */
export interface Interception {
  /** Sorted. */
  readonly bypassPorts: readonly number[];
  /** Addresses and ranges: first those where ECS and EC2 tell a task about itself, then those declared, as declared. */
  readonly bypassAddresses: readonly string[];
}
