import { weightsAddUp } from '../../lib/checks/weights-add-up.js';
import { architecture, found, service } from './build.js';

const versions = { v1: {}, v2: {} };
const reviews = (own: object) => architecture({ reviews: service({ versions, ...own }) });

test('traffic that does not add up to 100 is found, with the sum', () => {
  expect(found(weightsAddUp, reviews({ traffic: { v1: 90, v2: 20 } }))).toEqual([
    {
      at: 'services.reviews.traffic',
      is: 'reviews-v1 90 + reviews-v2 20 = 110, not 100',
      fix: 'let the shares add up to 100: reviews-v1 80, for example',
    },
  ]);
});

test('a rule that splits by itself is found at the rule', () => {
  expect(found(weightsAddUp, reviews({ traffic: { v1: 100 }, routes: [{ match: { method: 'GET' }, to: { v1: 30, v2: 30 } }] }))).toEqual([
    {
      at: 'services.reviews.routes[0].to',
      is: 'reviews-v1 30 + reviews-v2 30 = 60, not 100',
      fix: 'let the shares add up to 100: reviews-v1 70, for example',
    },
  ]);
});

test('one version alone needs its 100 too', () => expect(found(weightsAddUp, reviews({ traffic: { v1: 90 } }))).toHaveLength(1));
test('90 and 10 hold', () => expect(found(weightsAddUp, reviews({ traffic: { v1: 90, v2: 10 }, routes: [{ to: 'v2' }] }))).toEqual([]));
test('a service without versions has nothing to split', () => expect(found(weightsAddUp, architecture({ a: service() }))).toEqual([]));

test('a rule that writes the same wrong shares itself is found as well: it is mended there', () => {
  const traffic = { v1: 50, v2: 60 };
  const subject = reviews({ traffic, routes: [{ match: { method: 'GET' }, to: traffic }, { match: { method: 'PUT' } }] });
  expect(found(weightsAddUp, subject).map(({ at }) => at)).toEqual(['services.reviews.traffic', 'services.reviews.routes[0].to']);
});
