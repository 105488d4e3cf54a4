/** Members by name: sorted, so that the order of declaration changes nothing; without those that are undefined. */
export const byName = <T>(map: Readonly<Record<string, T>> | undefined): [string, Exclude<T, undefined>][] =>
  Object.entries(map ?? {})
    .filter((entry): entry is [string, Exclude<T, undefined>] => entry[1] !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1));
