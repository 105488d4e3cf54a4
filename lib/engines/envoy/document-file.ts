import { dirname } from 'node:path';
import type { JsonObject } from './json.js';

/**
 * Where a document is a file. It is read again when a file is renamed into its folder, so give each document a folder of its own: in a shared one every rename
 * makes Envoy read all of them. Each costs an inotify instance, of which Linux gives a user 128: enough for one task, not for a twin of thirty Envoys.
 *
 * Replace it by writing beside it and renaming: whatever is written in place may be read in half. A file that Envoy refuses leaves the last good one in force.
 */
export const fileSource = (path: string): JsonObject => ({
  resource_api_version: 'V3',
  path_config_source: { path, watched_directory: { path: dirname(path) } },
});

/** A document as such a file has it: one resource, since Envoy takes no file of several routes. */
export const documentFile = (resource: JsonObject): string => `${JSON.stringify({ resources: [resource] }, null, 2)}\n`;
