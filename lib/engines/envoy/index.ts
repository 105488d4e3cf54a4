export * from './aws-placement.js';
export { maxConnections, maxHeapBytes } from './bootstrap.js';
export { capabilities } from './capabilities.js';
export { deadlineHeader, edgeHeaders, edgePrefix, edgeRouteHeader, overdueHeader, unprocessedHeader } from './header.js';
export { compileIngress } from './ingress.js';
export type { Bootstrap, Json } from './json.js';
export type { Address, Credentials, DataSource, Endpoints, Placement } from './placement.js';
export { compileSidecar } from './sidecar.js';
