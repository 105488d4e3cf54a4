import { count } from '../count.js';
import type { ModelPath } from './architecture/index.js';
import { byPath } from './by-path.js';
import { nearest } from './name.js';

/** One thing that is wrong with what a user wrote. */
export interface Problem {
  readonly path: ModelPath;
  /** What was got, what is allowed, the fix; lower case, no full stop. */
  readonly message: string;
}

/** An architecture that cannot be: every problem at once, sorted by path. Nothing was written, nothing was started. */
export class ArchitectureError extends Error {
  readonly code = 'INVALID_ARCHITECTURE';
  override readonly name = 'ArchitectureError';
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const sorted = [...problems].sort((one, other) => byPath(one.path, other.path));
    const lines = sorted.map(({ path, message }) => `  ${path === '' ? 'architecture' : path}: ${message}`);
    super([`${count(sorted.length, 'problem')} in the architecture`, ...lines].join('\n'));
    // Not listed among its properties: where nobody catches it, as in a CDK app, Node would print every problem a second time.
    Object.defineProperty(this, 'problems', { value: sorted });
  }
}

/** A value as an error shows it: JSON, cut at 60 characters. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'symbol' || typeof value === 'bigint') return `a ${typeof value}`;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (isInstance(value)) return `an instance of ${nameOfClass(value)}`;
  const text = json(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

/** Whether it is more than plain data: an object of a class. One of another realm (a test runner's, a worker's) has another Object.prototype, with nothing above it either. */
export function isInstance(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype !== null && Object.getPrototypeOf(prototype) !== null;
}

function nameOfClass(value: unknown): string {
  const made: unknown = (value as object).constructor;
  return (typeof made === 'function' && made.name) || 'a class without a name';
}

/** JSON knows no bigint and no cycle, and a text of its own may be anybody's. */
function json(value: unknown): string | undefined {
  try {
    return JSON.stringify(value, (_, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each));
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object';
  }
}

/** What is wrong with a value: what was got, or that there is none, and what is allowed. */
export const wrong = (value: unknown, allowed: string): string =>
  value === undefined ? `is missing; allowed: ${allowed}` : `got ${show(value)}; allowed: ${allowed}`;

/** `"pricng" is not a service; did you mean "pricing"?`, or the names there are. */
export function notAmong(written: string, noun: string, names: readonly string[]): string {
  const near = nearest(written, names);
  if (near !== undefined) return `${show(written)} is not ${noun}; did you mean ${show(near)}?`;
  if (names.length === 0) return `${show(written)} is not ${noun}; none is declared`;
  const some = names.slice(0, 8).join(', ');
  return `${show(written)} is not ${noun}; allowed: ${some}${names.length > 8 ? ` and ${names.length - 8} more` : ''}`;
}

/** The path of a member: `services.orders`, `routes["GET /a"]`, `routes[0]`. */
export function member(path: ModelPath, key: string | number): ModelPath {
  if (typeof key === 'number') return `${path}[${key}]`;
  if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === '' ? key : `${path}.${key}`;
}
