export type { Aspects } from './aspects.js';
export type { Direction } from './change.js';
export { type Comparison, compareReview, renderComparison } from './compare.js';
export type { Change, Topic } from './diff.js';
export { changesBetween, renderChanges, showTotals } from './diff.js';
export type { Facts, Kind } from './facts.js';
export { type ReviewFile, review } from './review.js';
export { writeReview } from './write.js';
