export type * from './model/architecture.js';
export type { Bind, ExternalBinding, ServiceName } from './model/bind.js';
export { type Declaration, defineArchitecture, isDeclaration, parseArchitecture } from './model/declaration.js';
export { type Duration, showDuration } from './model/duration.js';
export type { PathPattern, Segment } from './model/path.js';
export { ArchitectureError, type Problem } from './model/problem.js';
export { resolve } from './model/resolve.js';
export type * from './model/spec.js';
