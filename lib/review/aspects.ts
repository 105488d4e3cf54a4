/** What one thing is, in words: aspect → value. */
export type Aspects = Readonly<Record<string, string>>;
