import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `quotes.proto` says and imports, in base64. */
export const quotesDescriptors = readFileSync(join(__dirname, 'quotes.pb')).toString('base64');
