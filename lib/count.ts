/** `1 route`, `2 routes`, `2 processes`. */
export const count = (amount: number, one: string, many = `${one}s`): string => `${amount} ${amount === 1 ? one : many}`;

/** `12,000`; `0.3`, to three decimals where a fan-out is a fraction. */
export const grouped = (amount: number): string =>
  String(Math.round(amount * 1_000) / 1_000).replace(/(?<!\.\d*)\B(?=(\d{3})+(?!\d))/g, ',');
