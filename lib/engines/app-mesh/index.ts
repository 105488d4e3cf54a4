export { capabilities } from './capabilities.js';
export { compile } from './compile.js';
export { lost } from './lost.js';
export { hostLabel, hostOf } from './name.js';
export { type Placement, placementOf } from './placement.js';
export type { AnyResource, Properties, Resource } from './resource.js';
export { gatewaySidecar, type SidecarDescription, versionSidecar } from './sidecar.js';
export { validate } from './validate.js';
