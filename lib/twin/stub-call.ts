import { request } from 'node:http';
import { connect } from 'node:net';
import { connect as secure } from 'node:tls';
import type { Architecture, Call } from '../model/architecture/index.js';
import { doorOf } from '../model/door.js';
import type { PathPattern } from '../model/path.js';
import { hostOf } from './external-stub.js';
import { callGrpc } from './grpc.js';
import type { Headers } from './request-context.js';
import type { Reached } from './through.js';

/** What a stub does for one of its service's declared calls. */
export interface StubCall {
  readonly to: string;
  readonly protocol: Call['speaks'];
  /** The name that it asks for where it speaks TLS itself. */
  readonly serverName?: string;
  /** Whether a real host is at the other end: nothing is said to it over bytes, which would mean nothing to it. */
  readonly real?: true;
  readonly method: string;
  readonly path: string;
  /** Whether it passes a user's token on: inside the mesh, where some service asks for one. */
  readonly token: boolean;
  /** How often, as declared, five times at most: the twin shows the shape of the traffic, not its amount. */
  readonly times: number;
  /** Where its sidecar listens for the callee. */
  readonly port: number;
}

/** What became of a call. */
export interface CallReport {
  readonly to: string;
  /** The HTTP status; `connected` for TCP; `failed` where no answer came. */
  readonly status: number | 'connected' | 'failed';
  readonly ms: number;
  /** What the callee answered, or why it did not. */
  readonly answer: unknown;
}

const mostTimes = 5;
/** Longer than any sensible policy: a call that no sidecar ends. */
const patience = 30_000;

/** Of no service, but a method as gRPC has them: without one, Envoy would not know it for a call. */
const anyMethod = '/twin.Stub/Call';

/** How a stub makes a call: the first request that the callee admits for this caller, or `GET /`. */
export function stubCall(
  architecture: Architecture,
  call: Call,
  port: number,
  reached: ReadonlyMap<string, Reached> = new Map(),
): StubCall {
  const external = architecture.externals.find(({ name }) => name === call.to);
  const callee = call.kind === 'service' ? architecture.services.find(({ name }) => name === call.to) : undefined;
  const admits = callee && doorOf(callee, call.port)?.admits;
  const admission = admits?.find(({ caller }) => caller.kind === 'service' && caller.name === call.from);
  const admitted = admission?.requests?.[0];
  return {
    to: call.callee,
    protocol: call.speaks,
    ...(external?.protocol === 'tls' ? { serverName: hostOf(external) } : {}),
    ...(call.kind === 'external' && reached.has(call.to) ? { real: true } : {}),
    method: call.speaks === 'grpc' ? 'POST' : (admitted?.method ?? 'GET'),
    path: admitted === undefined ? (call.speaks === 'grpc' ? anyMethod : '/') : exampleOf(admitted.path),
    token: callee !== undefined && architecture.services.some(({ tokens }) => tokens !== undefined),
    times: Math.min(call.fanOut, mostTimes),
    port,
  };
}

/** A path that the pattern takes, with 42 for every parameter. */
export function exampleOf({ segments }: PathPattern): string {
  return `/${segments.map((segment) => (segment.kind === 'literal' ? segment.value : '42')).join('/')}`;
}

export async function makeCall(call: StubCall, from: string, headers: Headers): Promise<CallReport> {
  const start = performance.now();
  const { status, answer } = await outcomeOf(call, from, headers);
  return { to: call.to, status, ms: Math.round(performance.now() - start), answer };
}

type Outcome = Pick<CallReport, 'status' | 'answer'>;

function outcomeOf(call: StubCall, from: string, headers: Headers): Promise<Outcome> {
  if (call.protocol === 'tcp') return greet(call, from);
  return call.protocol === 'grpc' ? callGrpc(call.port, call.path, headers, patience) : send(call, headers);
}

function send({ port, method, path }: StubCall, headers: Headers): Promise<Outcome> {
  const body = method === 'GET' || method === 'HEAD' ? undefined : '{}';
  const typed = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(body.length) };
  return new Promise((resolve) => {
    const failed = (error: Error) => resolve({ status: 'failed', answer: error.message });
    const sent = request(
      { host: '127.0.0.1', port, method, path, agent: false, timeout: patience, headers: { ...headers, ...typed } },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 'failed', answer: parsed(Buffer.concat(chunks).toString('utf8')) }));
        answer.on('error', failed);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error(`no answer in ${patience} ms`)));
    sent.on('error', failed);
    sent.end(body);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** How long a connection to a real host has to stay open to count, in milliseconds. */
const untilClosed = 500;

/** Says who it is and takes the first line that comes back. */
function greet({ port, serverName, real }: StubCall, from: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const to = { host: '127.0.0.1', port, timeout: patience };
    // A stub trusts whoever answers; a real app verifies the certificate, as its sidecar cannot.
    const socket = serverName === undefined ? connect(to) : secure({ ...to, servername: serverName, rejectUnauthorized: false });
    let heard = '';
    const end = (outcome: Outcome) => {
      socket.destroy();
      resolve(outcome);
    };
    const connected = () => {
      // Its sidecar takes a connection first, and closes it where there is nobody behind.
      if (real) setTimeout(() => end({ status: 'connected', answer: 'connected; nothing was said' }), untilClosed);
      else socket.write(`hello from ${from}\n`);
    };
    socket.on(serverName === undefined ? 'connect' : 'secureConnect', connected);
    socket.on('data', (chunk) => {
      heard += chunk.toString('utf8');
      if (heard.includes('\n')) end({ status: 'connected', answer: heard.trim() });
    });
    socket.on('timeout', () => end({ status: 'failed', answer: `no answer in ${patience} ms` }));
    socket.on('error', (error) => end({ status: 'failed', answer: error.message }));
    socket.on('close', () => end({ status: 'failed', answer: 'the connection was closed without an answer' }));
  });
}
