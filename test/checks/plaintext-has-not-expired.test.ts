import { plaintextHasNotExpired } from '../../lib/checks/plaintext-has-not-expired.js';
import { architecture, service } from './build.js';

const shop = (mtls: unknown) => architecture({ orders: service() }, { mesh: { mtls } });
const until = shop({ permissive: { until: '2027-03-31', clients: { legacy: { from: ['10.0.4.0/24'], to: ['orders'] } } } });
const found = (today: string | undefined, subject = until) => [...plaintextHasNotExpired.find(subject, [], today)];

test('the day after the last is found, with both days', () => {
  expect(found('2027-04-01')).toEqual([
    {
      at: 'mesh.mtls.permissive.until',
      is: 'plaintext from legacy was to end with 2027-03-31; today is 2027-04-01',
      fix: "mtls: 'strict', once their counters http.plaintext/* have stopped growing, or another day that somebody answers for",
    },
  ]);
});

test('the last day still holds', () => expect(found('2027-03-31')).toEqual([]));
test('who does not know the day finds nothing', () => expect(found(undefined)).toEqual([]));
test('a strict mesh is none of its business', () => expect(found('2099-01-01', shop('strict'))).toEqual([]));
