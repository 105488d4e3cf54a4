import type { Feature, Loss } from '../capability.js';

/** Carried otherwise than declared. */
export const warning = (feature: Feature, at: string, is: string): Loss => ({ feature, at, is, severity: 'warning' });

/** Declared, and not enforced. */
export const error = (feature: Feature, at: string, is: string): Loss => ({ feature, at, is, severity: 'error' });
