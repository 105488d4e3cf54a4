import type { BuiltIn } from './built-in.js';
import { canary } from './canary.js';
import { instanceDies } from './instance-dies.js';
import { retryStorm } from './retry-storm.js';
import { rotateCertificates } from './rotate-certificates.js';
import { scale } from './scale.js';
import { slowDependency } from './slow-dependency.js';
import { taskStops } from './task-stops.js';

export { type BuiltIn, type Choice, ChoiceError } from './built-in.js';

/** In the order in which one tries them. */
export const builtIns: readonly BuiltIn[] = [instanceDies, slowDependency, retryStorm, canary, rotateCertificates, taskStops, scale];
