import { callerOf, contextOf, shownHeaders } from '../../lib/twin/request-context.js';

test('a trace, a request and its user are passed on; what is for this hop alone is not', () => {
  const headers = {
    traceparent: '00-1',
    'x-request-id': 'r1',
    'end-user': 'jason',
    host: 'orders',
    authorization: 'Bearer x',
    'x-edge-principal': 'ada',
  };
  expect(contextOf(headers, [], 0)).toEqual({ traceparent: '00-1', 'x-request-id': 'r1', 'end-user': 'jason' });
});

test('a header that a callee routes on is passed on, a secret never', () => {
  expect(contextOf({ 'x-canary': 'yes', cookie: 'a=b' }, ['x-canary', 'cookie', 'x-absent'], 0)).toEqual({ 'x-canary': 'yes' });
});

test('the deadline shrinks by the time that passed, and never vanishes', () => {
  const deadline = 'x-envoy-expected-rq-timeout-ms';
  expect(contextOf({ [deadline]: '300' }, [], 120.4)).toEqual({ [deadline]: '180' });
  expect(contextOf({ [deadline]: '300' }, [], 900)).toEqual({ [deadline]: '1' });
  expect(contextOf({ [deadline]: 'soon' }, [], 0)).toEqual({});
});

test('the caller is the URI of its certificate, not of the own one', () => {
  expect(callerOf({ 'x-forwarded-client-cert': 'By=spiffe://m/svc/me;Hash=ab;URI=spiffe://m/svc/you' })).toBe('spiffe://m/svc/you');
  expect(callerOf({})).toBeUndefined();
});

test('headers are shown sorted, without secrets', () => {
  expect(Object.keys(shownHeaders({ 'x-b': '1', authorization: 'Bearer x', cookie: 'a', accept: '*/*', ':path': '/' }))).toEqual([
    'accept',
    'x-b',
  ]);
});
