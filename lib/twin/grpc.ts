import { connect, createServer, type Http2Server, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Headers } from './request-context.js';

/** A gRPC message on the wire: not compressed, its length, itself. Stubs say JSON where a real service says protobuf. */
export function frame(message: string): Buffer {
  const body = Buffer.from(message);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

/** gRPC's own mapping of HTTP statuses (grpc/doc/http-grpc-status-mapping.md), with 500 as an error of the app. */
const statusOf = (http: number): number =>
  http < 400 ? 0 : ({ 400: 13, 401: 16, 403: 7, 404: 12, 429: 14, 502: 14, 503: 14, 504: 14 }[http] ?? 13);

/** And back, as far as a report needs it. */
const httpOf = (grpc: number): number => ({ 0: 200, 4: 504, 7: 403, 12: 404, 14: 503, 16: 401 })[grpc] ?? 500;

const isGrpc = (headers: IncomingHttpHeaders): boolean => String(headers['content-type'] ?? '').startsWith('application/grpc');

interface Answered {
  readonly status: number;
  readonly text: string;
}

/** An HTTP/2 server that answers gRPC in its own terms, and whatever else is asked as HTTP does. */
export function grpcServer(
  handle: (request: { readonly method: string; readonly url: string; readonly headers: IncomingHttpHeaders }) => Promise<Answered>,
): Http2Server {
  const server = createServer();
  server.on('stream', (stream, headers) => {
    stream.resume().on('error', () => {}); // whoever asked has gone
    void handle({ method: headers[':method'] ?? 'GET', url: headers[':path'] ?? '/', headers }).then(({ status, text }) => {
      if (stream.destroyed) return;
      if (isGrpc(headers)) return answerGrpc(stream, status, text);
      stream.respond({ ':status': status, 'content-type': 'application/json' });
      stream.end(text);
    });
  });
  return server;
}

/** Answers a call: one message and status 0 in the trailers, or the status alone where it failed. */
export function answerGrpc(stream: ServerHttp2Stream, status: number, text: string): void {
  const headers = { ':status': 200, 'content-type': 'application/grpc' };
  if (status >= 400) return stream.respond({ ...headers, 'grpc-status': statusOf(status) }, { endStream: true });
  stream.respond(headers, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': 0 }));
  stream.end(frame(text));
}

/** What became of a call; `status` is the HTTP status that says the same. */
export interface GrpcOutcome {
  readonly status: number | 'failed';
  readonly answer: unknown;
}

/** Calls a method with an empty message, through the app's own sidecar. */
export function callGrpc(port: number, path: string, headers: Headers, patience: number): Promise<GrpcOutcome> {
  const session = connect(`http://127.0.0.1:${port}`);
  return new Promise<GrpcOutcome>((resolve) => {
    const failed = (error: Error) => resolve({ status: 'failed', answer: error.message });
    session.on('error', failed);
    const stream = session.request({ ...headers, ':method': 'POST', ':path': path, 'content-type': 'application/grpc', te: 'trailers' });
    stream.setTimeout(patience, () => stream.destroy(new Error(`no answer in ${patience} ms`)));
    const chunks: Buffer[] = [];
    let said: IncomingHttpHeaders = {};
    stream.on('response', (found) => (said = { ...said, ...found }));
    stream.on('trailers', (found) => (said = { ...said, ...found }));
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('error', failed);
    // Node tells of a stream that was cancelled by nothing else.
    stream.on('close', () => failed(new Error('the call ended without an answer')));
    stream.on('end', () => {
      if (said['grpc-status'] === undefined) return resolve({ status: 'failed', answer: 'the answer has no grpc-status' });
      const status = Number(said['grpc-status']);
      const message = Buffer.concat(chunks).subarray(5).toString('utf8');
      resolve({ status: httpOf(status), answer: status === 0 ? parsed(message) : { grpcStatus: status, message: said['grpc-message'] } });
    });
    stream.end(frame(''));
  }).finally(() => session.destroy());
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
