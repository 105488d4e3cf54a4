import { grammar, nearest, variableName } from '../../lib/model/name';

describe('the nearest name is one that can be meant', () => {
  test.each([
    ['pricng', ['orders', 'pricing'], 'pricing'],
    ['Pricing', ['pricing'], 'pricing'],
    ['prciing', ['pricing'], 'pricing'],
    ['abcdef', ['abXYef'], 'abXYef'],
    ['abcdef', ['bacdfe'], 'bacdfe'],
    ['abcdef', ['cXadef'], undefined],
    ['shipping', ['orders', 'pricing'], undefined],
    ['v3', ['v1', 'v2'], undefined],
    ['V1', ['v1', 'v2'], 'v1'],
    ['abd', ['abe', 'abc'], 'abc'],
    ['abc', [], undefined],
    ['', ['a'], undefined],
  ])('%s among %j is %s', (written, names, name) => expect(nearest(written, names)).toBe(name));
});

test.each([
  ['orders', 'ORDERS'],
  ['ordersDb', 'ORDERS_DB'],
  ['orders-db', 'ORDERS_DB'],
  ['s3Bucket', 'S3_BUCKET'],
])('%s becomes the variable %s', (name, variable) => expect(variableName(name)).toBe(variable));

describe('names are fit for DNS, SPIFFE paths and resources', () => {
  test.each(['shop', 'a', 'a1', 'my-shop', 'a'.repeat(30)])('%s can name an architecture', (name) =>
    expect(name).toMatch(grammar.architecture.pattern),
  );
  test.each(['', 'Shop', '1shop', '-shop', 'shop-', 'my--shop', 'my_shop', 'my.shop', 'shöp', 'a'.repeat(31), 'shop\n'])(
    '%j cannot',
    (name) => expect(name).not.toMatch(grammar.architecture.pattern),
  );
  test('a service may have capitals, not at the start', () => {
    expect('ordersDb').toMatch(grammar.service.pattern);
    expect('OrdersDb').not.toMatch(grammar.service.pattern);
  });
  test('a version has at most 20', () => {
    expect('a'.repeat(20)).toMatch(grammar.version.pattern);
    expect('a'.repeat(21)).not.toMatch(grammar.version.pattern);
  });
});
