import type * as z from 'zod';
import { type grammar, nearest } from '../name.js';
import { member, notAmong, type Problem, show } from '../problem.js';

export type Plain = { readonly [key: string]: unknown };

export const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The members of a map that may be anything: nothing where it is no map, without those that are undefined. */
export const entries = (value: unknown): [string, unknown][] =>
  isPlain(value) ? Object.entries(value).filter(([, each]) => each !== undefined) : [];

/** A member of something that may be anything. */
export const at = (value: unknown, key: string): unknown => (isPlain(value) && Object.hasOwn(value, key) ? value[key] : undefined);

/** Collects problems; never throws and never stops at the first. One problem a path: the first says most. */
export class Walk {
  private readonly found = new Map<string, Problem>();

  get problems(): Problem[] {
    return [...this.found.values()];
  }

  add(path: string, message: string): void {
    if (!this.found.has(path)) this.found.set(path, { path, message });
  }

  has(path: string): boolean {
    return this.found.has(path);
  }

  /** Holds an object's own values against a schema; `others` are the members that the caller looks at itself. */
  leaf(schema: z.ZodObject, value: unknown, path: string, others: readonly string[] = []): void {
    const own = isPlain(value)
      ? Object.fromEntries(Object.entries(value).filter(([key, each]) => !others.includes(key) && each !== undefined))
      : value;
    const known = [...Object.keys(schema.shape), ...others];
    for (const issue of schema.safeParse(own).error?.issues ?? []) this.issue(issue, value, path, known);
  }

  private issue(issue: z.core.$ZodIssue, value: unknown, path: string, known: readonly string[]): void {
    const keys = issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key));
    const place = keys.reduce<string>(member, path);
    const got = keys.reduce<unknown>((from, key) => (typeof from === 'object' && from !== null ? (from as Plain)[key] : undefined), value);
    if (issue.code === 'unrecognized_keys') {
      const allowed = keys.length === 0 ? known : undefined;
      for (const key of issue.keys) this.unknown(key, place, allowed, issue.message);
    } else if (issue.code === 'invalid_union') {
      const branch = issue.errors.find(
        (issues) => isPlain(got) && issues.every((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
      );
      if (branch === undefined) this.add(place, `got ${show(got)}; allowed: ${issue.message}`);
      else for (const each of branch) this.issue({ ...each, path: [...issue.path, ...each.path] }, value, path, known);
    } else {
      this.add(place, got === undefined ? `is missing; allowed: ${issue.message}` : `got ${show(got)}; allowed: ${issue.message}`);
    }
  }

  /** A key that nothing reads: a typo, or a field of a later version; never silently accepted. */
  unknown(key: string, path: string, allowed: readonly string[] | undefined, shape = ''): void {
    const near = nearest(key, allowed ?? shape.match(/[A-Za-z]+/g) ?? []);
    const among = allowed === undefined ? shape : allowed.join(', ');
    this.add(
      member(path, key),
      near === undefined ? `is not a known field; allowed: ${among}` : `is not a known field; did you mean ${show(near)}?`,
    );
  }

  /** Looks at each member of a map, whose keys are names of one grammar. */
  map(
    value: unknown,
    path: string,
    name: (typeof grammar)[keyof typeof grammar],
    noun: string,
    each: (member: unknown, key: string, path: string) => void,
  ): void {
    if (value === undefined) return;
    if (!isPlain(value)) return this.add(path, `got ${show(value)}; allowed: a map from names to ${noun}s`);
    for (const [key, one] of entries(value)) {
      const place = member(path, key);
      if (!name.pattern.test(key)) this.add(place, `${show(key)} cannot name a ${noun}; allowed: ${name.says}`);
      each(one, key, place);
    }
  }

  /** A reference by name. */
  reference(written: unknown, path: string, noun: string, names: readonly string[]): void {
    if (typeof written !== 'string') this.add(path, `got ${show(written)}; allowed: ${noun}`);
    else if (!names.includes(written)) this.add(path, notAmong(written, noun, names));
  }

  /** Reasons by check: `{ 'calls-are-acyclic': 'ends at the third hop' }`. */
  acknowledge(value: unknown, path: string): void {
    if (value === undefined) return;
    if (!isPlain(value))
      return this.add(path, `got ${show(value)}; allowed: reasons by check, such as { "calls-are-acyclic": "ends at the third hop" }`);
    for (const [check, reason] of entries(value)) {
      if (typeof reason !== 'string' || reason.trim().length < 10)
        this.add(member(path, check), `got ${show(reason)}; allowed: a reason that a reviewer can judge, of 10 characters or more`);
    }
  }
}
