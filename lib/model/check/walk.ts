import type * as z from 'zod';
import type { grammar } from '../name.js';
import { member, notAmong, type Problem, show, wrong } from '../problem.js';
import { reasonProblem } from '../reason.js';
import { problemOf } from './issue.js';
import { unknownKey } from './unknown-key.js';

export type Plain = { readonly [key: string]: unknown };

export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a map that may be anything: nothing where it is no map, without those that are undefined. */
export const entries = (value: unknown): [string, unknown][] =>
  isPlain(value) ? Object.entries(value).filter(([, each]) => each !== undefined) : [];

/** The items of a list that may be anything, each with its path, holes too: nothing where it is no list. */
export const items = (list: unknown, path: string): [path: string, item: unknown][] =>
  Array.isArray(list) ? Array.from(list, (item: unknown, index) => [member(path, index), item]) : [];

/** A member of something that may be anything. */
export const at = (value: unknown, key: string): unknown => (isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** Nouns with their articles and plurals, as messages need them. */
const nouns = {
  service: ['a service', 'services'],
  version: ['a version', 'versions'],
  external: ['an external', 'externals'],
  policy: ['a policy', 'policies'],
  authorizer: ['an authorizer', 'authorizers'],
  gateway: ['a gateway', 'gateways'],
  environment: ['an environment', 'environments'],
  port: ['a port', 'listeners'],
} as const;

const isWithin = (path: string, place: string): boolean =>
  place === '' || path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`);

/** Collects problems; never throws and never stops at the first. One problem a path: the first says most. */
export class Walk {
  private readonly found = new Map<string, Problem>();
  private readonly closed: string[] = [];

  get problems(): Problem[] {
    return [...this.found.values()];
  }

  add(path: string, message: string): void {
    if (this.closed.some((place) => path !== place && isWithin(path, place))) return;
    if (!this.found.has(path)) this.found.set(path, { path, message });
  }

  /** A problem that makes all below it pointless. */
  close(path: string, message: string): void {
    this.add(path, message);
    this.closed.push(path);
  }

  /** Whether something is wrong there, or below it. */
  hasWithin(path: string): boolean {
    return [...this.found.keys()].some((each) => isWithin(each, path)) || this.closed.some((place) => isWithin(path, place));
  }

  /** Holds an object's own values against a schema; `others` are the members that the caller looks at itself. */
  leaf(schema: z.ZodObject, value: unknown, path: string, others: readonly string[] = []): void {
    const own = isPlain(value)
      ? Object.fromEntries(Object.entries(value).filter(([key, each]) => !others.includes(key) && each !== undefined))
      : value;
    const known = [...Object.keys(schema.shape), ...others];
    for (const issue of schema.safeParse(own).error?.issues ?? []) {
      for (const { keys, message } of problemOf(issue, value, known)) this.add(keys.reduce<string>(member, path), message);
    }
  }

  /** A key that nothing reads: a typo, or a field of a later version; never silently accepted. */
  unknown(key: string, path: string, known: readonly string[]): void {
    this.add(member(path, key), unknownKey(key, known));
  }

  /** Looks at each member of a map, whose keys are names of one grammar. */
  map(
    value: unknown,
    path: string,
    name: (typeof grammar)[keyof typeof grammar],
    noun: keyof typeof nouns,
    each: (member: unknown, key: string, path: string) => void,
  ): void {
    if (value === undefined) return;
    const [one, many] = nouns[noun];
    if (!isPlain(value)) return this.add(path, `got ${show(value)}; allowed: a map from names to ${many}`);
    for (const [key, content] of entries(value)) {
      const place = member(path, key);
      if (!name.pattern.test(key)) this.add(place, `${show(key)} cannot name ${one}; allowed: ${name.says}`);
      else if (key in Object.prototype) this.add(place, `${show(key)} cannot name ${one}: every object of JavaScript has it already`);
      each(content, key, place);
    }
  }

  /** A reference by name. */
  reference(written: unknown, path: string, noun: string, names: readonly string[]): void {
    if (typeof written !== 'string') this.add(path, wrong(written, `the name of ${noun}`));
    else if (!names.includes(written)) this.add(path, notAmong(written, noun, names));
  }

  /** Reasons by check: `{ 'calls-are-acyclic': 'ends at the third hop' }`. */
  acknowledge(value: unknown, path: string): void {
    if (value === undefined) return;
    if (!isPlain(value))
      return this.add(path, `got ${show(value)}; allowed: reasons by check, such as { "calls-are-acyclic": "ends at the third hop" }`);
    for (const [check, reason] of entries(value)) {
      const problem = reasonProblem(reason);
      if (problem !== undefined) this.add(member(path, check), problem);
    }
  }
}
