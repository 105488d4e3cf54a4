/** The share of what AWS takes from which on something is said to be near it. */
export const near = 0.8;

/** `1,000,000`. */
export const grouped = (amount: number): string => String(amount).replace(/\B(?=(\d{3})+$)/g, ',');

/** The share in whole percent: `84 %`. */
export const percentOf = (amount: number, of: number): string => `${Math.floor((100 * amount) / of)} %`;
