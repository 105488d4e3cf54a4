import { extension, type JsonObject } from './json.js';

/**
 * For a listener that passes on the app's own TLS: it reads the name that is asked for (SNI), and closes what asks for another, or is no TLS; that counts in
 * `listener.<name>.no_filter_chain_match`. Certificate and requests are between the app and the host.
 */
export const askedByName = (host: string): { readonly chain: JsonObject; readonly listener: JsonObject } => ({
  chain: { filter_chain_match: { server_names: [host] } },
  listener: {
    listener_filters: [
      extension('envoy.filters.listener.tls_inspector', 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector'),
    ],
  },
});
