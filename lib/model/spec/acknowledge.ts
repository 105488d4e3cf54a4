/** Findings accepted here and below, each with its reason: `{ 'calls-are-acyclic': 'ends at the third hop' }`. */
export type Acknowledge = Record<string, string>;
