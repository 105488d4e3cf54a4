import type { Changes, Face } from './sent.js';

/** Pages ask once a second, so that is time enough for some of them, and for one that is slow. */
const mostKept = 16;

/** The last faces that were sent: most texts of a large architecture are the same a second later. What there is no more stays in none of them. */
export class Faces {
  private kept: readonly { readonly number: number; readonly face: Face }[] = [];

  /** @param since the number that the page has; whatever it is where it has none */
  changes(face: Face, since: number): Changes {
    const latest = this.kept.at(-1);
    const isSame = latest !== undefined && Object.keys(different(face, latest.face)).length === 0;
    const number = isSame ? latest.number : (latest?.number ?? 0) + 1;
    const before = this.kept.find((each) => each.number === since)?.face;
    if (!isSame) this.kept = [...this.kept.slice(1 - mostKept), { number, face }];
    return before === undefined
      ? { version: 1, number, since: undefined, face }
      : { version: 1, number, since, face: different(face, before) };
  }
}

type Part = Readonly<Record<string, string | number | boolean>>;

function different(now: Face, before: Face): Partial<Face> {
  const parts = Object.entries(now).map(([key, part]: [string, Part]) => {
    const old: Part = before[key as keyof Face];
    return [key, Object.fromEntries(Object.entries(part).filter(([name, value]) => old[name] !== value))] as const;
  });
  return Object.fromEntries(parts.filter(([, part]) => Object.keys(part).length > 0));
}
