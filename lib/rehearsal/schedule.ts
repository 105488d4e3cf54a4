/** One request that is due. */
export interface Due {
  /** Which of the loads. */
  readonly load: number;
  /** Milliseconds from the start. */
  readonly at: number;
}

/**
 * When each request is due: evenly, at each load's rate, the loads shifted against each other so that they do not come at the same moments.
 * Depends on nothing but its arguments: the same rehearsal sends the same requests at the same times.
 */
export function scheduleOf(rates: readonly number[], duration: number): Due[] {
  return rates
    .flatMap((rate, load) =>
      Array.from(
        { length: Math.round((rate * duration) / 1_000) },
        (_, index): Due => ({
          load,
          at: ((index + (load + 0.5) / rates.length) * 1_000) / rate,
        }),
      ),
    )
    .filter(({ at }) => at < duration)
    .sort((one, other) => one.at - other.at);
}
