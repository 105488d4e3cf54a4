import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * A headless Chromium: the one that CHROMIUM names, the one of `npm ci`, or one of this machine where that one does not start.
 *
 * @throws Error that says what to do
 */
export async function openBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM'];
  const candidates = named === undefined ? [await sparticuz.executablePath(), ...installed.filter((path) => existsSync(path))] : [named];
  const failures: string[] = [];
  for (const executablePath of candidates) {
    try {
      // Without a sandbox, which containers seldom allow: it sees pages of this test alone.
      return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    } catch (error) {
      failures.push(`${executablePath}: ${String(error).split('\n').slice(0, 4).join('\n  ')}`);
    }
  }
  throw new Error(
    ['no Chromium starts; run npm ci, and where it lacks a library: apt-get install libnss3; or name one in CHROMIUM', ...failures].join(
      '\n',
    ),
  );
}
