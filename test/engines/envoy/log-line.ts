/** What every line of an access log has, where all went well on this machine. */
export const fineLine: Readonly<Record<string, unknown>> = {
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
  milliseconds: expect.any(Number),
  flags: '-',
  upstream: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  failure: null,
};
