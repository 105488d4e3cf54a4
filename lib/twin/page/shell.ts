import { createHash } from 'node:crypto';
import type { Assets } from './assets.js';

export interface Shell {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The page that anybody gets who asks for it: script, style, and not a word about the architecture, which takes the token. It loads nothing: what it may run
 * and show is named by its hashes, and it may ask nobody but us.
 */
export function shellOf({ script, style }: Assets): Shell {
  // A closing tag inside a string of the script would end the script.
  const safe = script.trim().replaceAll('</', '<\\/');
  const css = style.trim();
  return {
    text: `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>twin</title>
<link rel="icon" href="data:,">
<style>${css}</style>
<div id="page"><p class="alone">This page needs JavaScript, and the token in its address.</p></div>
<script type="module">${safe}</script>
</html>
`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': [
        "default-src 'none'",
        `script-src ${hash(safe)}`,
        `style-src ${hash(css)}`,
        "connect-src 'self'",
        'img-src data:',
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
      ].join('; '),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  };
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
