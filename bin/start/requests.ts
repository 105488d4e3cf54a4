import { requestDirectly, type StubAnswer, type Twin } from '../../lib/twin/index.js';
import { trailOf } from './trail.js';

/** A request that was sent, and whether it came back as it should. */
export interface Sent {
  readonly line: string;
  readonly asExpected: boolean;
}

/** The shop, asked by clients: what succeeds, and what wants a token, without one and with it. */
export async function sendAsClient(twin: Twin): Promise<Sent[]> {
  const token = await twin.token('customers', { scopes: ['orders:write'] });
  return [
    await byClient(twin, 'GET', '/products/42', 200),
    await byClient(twin, 'POST', '/orders', 401),
    await byClient(twin, 'POST', '/orders', 200, token),
  ];
}

/** Who holds a certificate of the mesh, and may still not ask this: refused on purpose, with the Envoy counter that says why. */
export async function sendAsIntruder(twin: Twin): Promise<Sent[]> {
  return [
    await byIntruder(twin, {
      from: 'nightly',
      may: 'may only GET /orders/{id}',
      method: 'POST',
      path: '/orders',
      counter: 'http.inbound.rbac.denied',
    }),
    await byIntruder(twin, {
      from: 'catalog',
      may: 'is not declared',
      method: 'GET',
      path: '/orders/42',
      counter: 'listener.inbound.ssl.fail_verify_san',
    }),
  ];
}

async function byClient(twin: Twin, method: string, path: string, expected: number, token?: string): Promise<Sent> {
  const { gateway, url } = twin.gateway('web');
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const start = performance.now();
  const answer = await fetch(`${url}${path}`, { method, headers, ...(method === 'POST' ? { body: '{}' } : {}) });
  const text = await answer.text();
  const ms = Math.round(performance.now() - start);
  const way = answer.ok ? ` → ingress → ${trailOf(JSON.parse(text) as StubAnswer)}` : `: ${text}`;
  return {
    line: `${row(method, path, String(answer.status))}${String(ms).padStart(4)} ms  client → ${gateway.name}${way}`,
    asExpected: answer.status === expected,
  };
}

/** Straight to the sidecar of orders, with the certificate of a service that may not ask this. */
interface Intrusion {
  readonly from: string;
  /** What is declared instead. */
  readonly may: string;
  readonly method: string;
  readonly path: string;
  readonly counter: string;
}

async function byIntruder(twin: Twin, { from, may, method, path, counter }: Intrusion): Promise<Sent> {
  const orders = twin.instance('orders');
  const certificate = await twin.authority.issueIdentity(`spiffe://${twin.architecture.trustDomain}/svc/${from}`);
  const before = (await orders.statistics())[counter] ?? 0;
  const start = performance.now();
  const status = await requestDirectly({ port: orders.inboundPort, method, path, certificate }).then(
    (answer) => String(answer.status),
    () => 'refused',
  );
  const ms = Math.round(performance.now() - start);
  const counted = ((await orders.statistics())[counter] ?? 0) - before;
  const line = `${row(method, path, status)}${String(ms).padStart(4)} ms  ${from} → orders ${may}: ${counter} +${counted}`;
  return { line, asExpected: status !== '200' && counted === 1 };
}

const row = (method: string, path: string, status: string): string => `${method.padEnd(5)}${path.padEnd(14)}${status.padEnd(8)}`;
