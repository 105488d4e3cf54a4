/** What the clients of one route saw. */
export class Tally {
  sent = 0;
  ok = 0;
  /** When each request was sent that failed, in milliseconds from the first one; in order of their ends. */
  readonly failures: number[] = [];
  /** How often each outcome came: a status, `no answer`, `not sent`. */
  readonly outcomes = new Map<string, number>();
  private readonly times: number[] = [];

  /** @param at when it was sent @param took until its answer was complete; undefined where none came */
  count(at: number, outcome: string, ok: boolean, took: number | undefined): void {
    this.sent += 1;
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
    if (ok) this.ok += 1;
    else this.failures.push(at);
    if (took !== undefined) this.times.push(took);
  }

  /** The time within which this share of the answers came, by nearest rank; undefined where none came. */
  percentile(share: number): number | undefined {
    const sorted = [...this.times].sort((one, other) => one - other);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }

  /** How long the slowest took, answered or given up. */
  get slowest(): number | undefined {
    return this.percentile(1);
  }
}
