/**
 * One schema for each leaf of the model: a value, or an object of values that names nothing else. Names and references are the walk's business (../check).
 * Each message is what is allowed; the walk adds what was got. The published interfaces (../spec) are held equal to these by a type test.
 */
export { call } from './call.js';
export { external } from './external.js';
export { authorizer, gateway, gatewayRoute } from './gateway.js';
export { listen } from './listen.js';
export { mesh } from './mesh.js';
export { observability, traces } from './observability.js';
export { policy, retries } from './policy.js';
export { route } from './route.js';
export { service } from './service.js';
export { version } from './version.js';
