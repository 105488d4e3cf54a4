import { logTo } from '../access-log.js';
import type { Json, JsonObject } from '../json.js';

/** Envoy's flag of what leads nowhere: no chain for a connection, no host for a request. */
const nowhere = { response_flag_filter: { flags: ['NR'] } };

/** What was asked for, and by which address and port: nobody else knows what an app tried. */
const asked = {
  time: '%START_TIME%',
  refused: 'not declared',
  destination: '%DOWNSTREAM_LOCAL_ADDRESS%',
  name: '%REQUESTED_SERVER_NAME%',
  flags: '%RESPONSE_FLAGS%',
};

/** A line for each connection that is closed because no call is declared for it. */
export const refusedConnections = (path: string, listener: string): Json => [filtered(logTo(path, { listener, ...asked }))];

/** 403 instead of Envoy's 404, which an app could take for the word of whom it asked; and a line for each. */
export const refusedRequests = (path: string, listener: string): JsonObject => ({
  access_log: [filtered(logTo(path, { listener, ...asked, host: '%REQ(:AUTHORITY)%', method: '%REQ(:METHOD)%', path: '%PATH(NQ)%' }))],
  local_reply_config: {
    mappers: [{ filter: nowhere, status_code: 403, body: { inline_string: 'not declared: no call leads to this host\n' } }],
  },
});

const filtered = (log: JsonObject): JsonObject => ({ ...log, filter: nowhere });
