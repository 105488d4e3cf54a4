import { TwinError } from '../twin/index.js';

/**
 * Waits for something that always comes, and no longer than that: a rehearsal says what it hangs on rather than hang.
 *
 * @param limit milliseconds
 * @param what does not come: `the answers to all requests`
 * @throws TwinError `NOT_READY`
 */
export async function within<T>(limit: number, what: string, coming: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new TwinError('NOT_READY', `waited ${Math.round(limit / 1_000)} s for ${what}, in vain`)), limit);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
