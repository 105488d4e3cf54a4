import type { Service } from './architecture/index.js';

/** What a caller finds at a service: where it listens, or one of its further ports. Undefined where it has no such port. */
export const doorOf = (service: Service, port: string | undefined): Pick<Service, 'listen' | 'admits'> | undefined =>
  port === undefined ? service : service.ports.find(({ name }) => name === port);
