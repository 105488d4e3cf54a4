import type { Health } from './health.js';
import type { Security } from './topology.js';

/** How the page says things; the same everywhere on it. */

export const glyph: Readonly<Record<Health, string>> = { idle: '○', healthy: '●', degraded: '▲', failing: '✕' };

/** A dash where nothing was measured. */
export const showRate = (perSecond: number | undefined, noun = ''): string => {
  if (perSecond === undefined) return '…';
  return `${perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : Math.round(perSecond)}${noun}/s`;
};

export const showTime = (ms: number | undefined): string => {
  if (ms === undefined) return '–';
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
};

/** Four steps, tenfold each: 1 below one a second, 4 from a hundred. */
export const widthOf = (perSecond: number | undefined): number =>
  perSecond === undefined || perSecond === 0 ? 0 : Math.min(4, Math.max(1, 2 + Math.floor(Math.log10(perSecond))));

export const securityWord: Readonly<Record<Security, string>> = {
  mtls: 'mTLS',
  tls: 'TLS',
  plain: 'plain',
  past: 'past the mesh',
};

/** The name alone: `catalog` of `service/catalog`. */
export const short = (id: string): string => id.slice(id.indexOf('/') + 1);
