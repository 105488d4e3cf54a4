export type { Aspects } from './aspects.js';
export { type Change, type Direction, renderChanges, showTotals, type Topic } from './change.js';
export { type Comparison, compareReview, renderComparison } from './compare.js';
export { changesBetween } from './diff.js';
export type { Facts, Kind } from './facts.js';
export { type ReviewFile, review } from './review.js';
export { writeReview } from './write.js';
