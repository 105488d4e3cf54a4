/** Freezes a tree of plain data, in place. */
export function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) freeze(each);
  }
  return value;
}

/** A frozen copy of plain data. A member that is undefined is left out: it means the same as one that nobody wrote. */
export function frozenCopy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const written = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.freeze(Object.fromEntries(written.map(([key, each]) => [key, frozenCopy(each)])));
}
