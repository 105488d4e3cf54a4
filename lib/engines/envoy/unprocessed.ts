import { overdueHeader, unprocessedHeader } from './header.js';
import type { JsonObject } from './json.js';

/**
 * Who is behind could not be connected to (UF) or there is nobody (UH). A full pool (UO) is left out: trying elsewhere what is refused under load adds load.
 */
const unprocessed: JsonObject = said(unprocessedHeader, ['UF', 'UH']);

/** The app did not answer before the deadline. */
const overdue: JsonObject = said(overdueHeader, ['UT']);

/** On a listener whose answers another sidecar, or another listener, takes for a reason to try again or not. */
export const tellsUnprocessed: JsonObject = { local_reply_config: { mappers: [unprocessed] } };

/** The same, and whether time ran out here. */
export const tellsWhatBecame: JsonObject = { local_reply_config: { mappers: [unprocessed, overdue] } };

/** A header on this sidecar's own answers, where they have one of these flags. */
function said(key: string, flags: readonly string[]): JsonObject {
  return {
    filter: { response_flag_filter: { flags } },
    headers_to_add: [{ header: { key, value: 'true' }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }],
  };
}
