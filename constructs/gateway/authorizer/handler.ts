import { authorizeWith } from './authorize.js';
import type { AuthorizerSettings } from './settings.js';

/** The entry of the Lambda function; `npm run build:authorizer` bundles it. Keys are fetched once, again after an hour, and for a key that is not known. */
export const handler = authorizeWith(JSON.parse(process.env['AUTHORIZER'] ?? '{}') as AuthorizerSettings);
