import { freeze, frozenCopy } from '../model/freeze.js';
import type { ScenarioSpec } from './spec.js';

/** A scenario in a file of its own. It is checked against an architecture when it is rehearsed, all of it at once. */
export const defineScenario = (spec: ScenarioSpec): ScenarioSpec => freeze(frozenCopy(spec)) as ScenarioSpec;
