/**
 * TCP that the app sends anywhere but to its own task goes to its sidecar, whatever address it is for; so does what comes to the app's port from elsewhere.
 *
 * - `true`: all of it, except to the addresses where ECS and EC2 tell a task about itself.
 * - `{ bypassPorts, bypassAddresses }`: what the sidecar never sees besides, neither to carry nor to refuse.
 */
export type InterceptionSpec =
  | true
  | {
      /** Ports that the app may ask directly, wherever they are: at most 15, such as `[2049]` for EFS. @default none */
      bypassPorts?: number[];
      /** Ranges that the app may ask directly, on any port, such as `['10.0.9.0/24']`. @default none */
      bypassAddresses?: string[];
    };
