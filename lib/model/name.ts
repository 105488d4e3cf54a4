/** What a name may be, by what it names: names become DNS labels, SPIFFE paths, resource names and variables. */
export const grammar = {
  architecture: {
    pattern: /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,29}$/,
    says: 'lower-case letters, digits and single hyphens, a letter first, at most 30',
  },
  service: {
    pattern: /^[a-z](?:[A-Za-z0-9]|-(?=[A-Za-z0-9])){0,29}$/,
    says: 'letters, digits and single hyphens, a lower-case letter first, at most 30',
  },
  version: {
    pattern: /^[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,19}$/,
    says: 'lower-case letters, digits and single hyphens, a letter first, at most 20',
  },
} as const;

/** `ordersDb`, `orders-db`, `orders:db` → `ORDERS_DB`. */
export const variableName = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/[-:]/g, '_')
    .toUpperCase();

/** Tells an app in the twin where to listen for a further port: `metrics` → `PORT_METRICS`. */
export const portVariable = (port: string): string => `PORT_${variableName(port)}`;

/** The name nearest to what was written, if it is near enough to be meant: one slip in a word of 3 letters, two in one of 6. */
export function nearest(written: string, names: Iterable<string>): string | undefined {
  const near = [...names].map((name) => ({ name, distance: editDistance(written.toLowerCase(), name.toLowerCase()) }));
  const [best] = near.sort((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1));
  return best !== undefined && best.distance <= Math.floor(written.length / 3) ? best.name : undefined;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other. */
function editDistance(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}
