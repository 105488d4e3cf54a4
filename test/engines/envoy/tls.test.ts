import { mutualClient, mutualServer, publicClient } from '../../../lib/engines/envoy/tls.js';
import { everywhere } from './everywhere.js';
import { inside } from './inside.js';

const own = everywhere.credentials('spiffe://mesh/svc/own');
const names = (...peers: string[]) => inside(mutualServer(own, peers, 'spiffe://mesh/nobody'), 'match_typed_subject_alt_names')[0];

test('both ends present themselves, verify the other and speak TLS 1.3 only', () => {
  const common = {
    tls_params: { tls_minimum_protocol_version: 'TLSv1_3', tls_maximum_protocol_version: 'TLSv1_3' },
    alpn_protocols: ['h2'],
    tls_certificates: [
      { certificate_chain: { filename: 'spiffe://mesh/svc/own/certificate' }, private_key: { filename: 'spiffe://mesh/svc/own/key' } },
    ],
    validation_context: {
      trusted_ca: { filename: 'spiffe://mesh/svc/own/trust' },
      match_typed_subject_alt_names: [{ san_type: 'URI', matcher: { exact: 'spiffe://mesh/svc/peer' } }],
    },
  };
  expect(mutualServer(own, ['spiffe://mesh/svc/peer'], 'spiffe://mesh/nobody')).toMatchObject({
    typed_config: { require_client_certificate: true, common_tls_context: common },
  });
  expect(mutualClient(own, 'spiffe://mesh/svc/peer', 'peer')).toMatchObject({ typed_config: { sni: 'peer', common_tls_context: common } });
});

test('no session can be resumed, from either end', () => {
  expect(mutualServer(own, [], 'spiffe://mesh/nobody')).toMatchObject({
    typed_config: { disable_stateless_session_resumption: true, disable_stateful_session_resumption: true },
  });
  expect(mutualClient(own, 'spiffe://mesh/svc/peer', 'peer')).toMatchObject({ typed_config: { max_session_keys: 0 } });
});

test('with no peers, only an identity that is never issued is admitted', () => {
  expect(names()).toEqual([{ san_type: 'URI', matcher: { exact: 'spiffe://mesh/nobody' } }]);
});

test('peers are listed once, in order, and nobody else with them', () => {
  expect(names('b', 'a', 'b')).toEqual(['a', 'b'].map((exact) => ({ san_type: 'URI', matcher: { exact } })));
});

test('a host outside must show a certificate for its name, from a root of the public web', () => {
  expect(publicClient('api.stripe.com', { filename: '/roots.pem' })).toMatchObject({
    typed_config: {
      sni: 'api.stripe.com',
      common_tls_context: {
        tls_params: { tls_minimum_protocol_version: 'TLSv1_2', tls_maximum_protocol_version: 'TLSv1_3' },
        validation_context: {
          trusted_ca: { filename: '/roots.pem' },
          match_typed_subject_alt_names: [{ san_type: 'DNS', matcher: { exact: 'api.stripe.com' } }],
        },
      },
    },
  });
});
