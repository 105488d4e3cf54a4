import type { Check } from './check.js';

/**
 * The day until which clients may ask in plaintext has not passed.
 *
 * Nothing closes by itself on that day, which would be an outage nobody started; so somebody has to be told. Only who knows today's date is.
 */
export const plaintextHasNotExpired: Check = {
  id: 'plaintext-has-not-expired',
  severity: 'error',
  why: 'a way in that was opened for a time stays open, and nobody looks at it any more',
  *find({ mtls }, _earlier, today) {
    if (mtls.mode !== 'permissive' || today === undefined || today <= mtls.until) return;
    const names = mtls.clients.map(({ name }) => name).join(', ');
    yield {
      at: 'mesh.mtls.permissive.until',
      is: `plaintext from ${names} was to end with ${mtls.until}; today is ${today}`,
      fix: `mtls: 'strict', once their counters http.plaintext/* have stopped growing, or another day that somebody answers for`,
    };
  },
};
