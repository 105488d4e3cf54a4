import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Typed } from '../curl.js';
import { portOf } from '../ports.js';
import type { Twin } from '../twin.js';
import { TwinError } from '../twin-error.js';
import { pageAssets } from './assets.js';
import { parseControl, perform } from './control.js';
import { face } from './face.js';
import { Faces } from './faces.js';
import { newToken, refuseStranger, refuseWithoutToken } from './guard.js';
import type { Html } from './html.js';
import { Inapplicable } from './inapplicable.js';
import { levelsOf, union } from './levels.js';
import { liveOf } from './live.js';
import { Sampler } from './sampler.js';
import { type Shell, shellOf } from './shell.js';
import { topologyOf } from './topology.js';
import { View } from './view/view.js';

export interface PageOptions {
  /** Where it listens, on 127.0.0.1. @default 0: the system chooses */
  readonly port?: number;
  /** How the user calls us, for lines to paste. */
  readonly typed?: Typed;
}

export interface Page {
  /** With its token: whoever has this address sees and does everything that the page offers. */
  readonly url: string;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request says besides its path. */
interface Asked {
  /** The picture or the panel that is asked for. */
  readonly of: string;
  /** What the page has of the numbers, which is then not sent again; null for who wants all, and not in words alone. */
  readonly since: string | null;
  readonly body: string;
}

/** A control is some hundred bytes. */
const mostBytes = 4_096;

/** Serves the live page of a running twin on 127.0.0.1 until `close`, or until the twin stops. Nothing of it is computed, and no Envoy is asked, before somebody looks. */
export async function servePage(twin: Twin, { port = 0, typed = {} }: PageOptions = {}): Promise<Page> {
  const token = newToken();
  const topology = topologyOf(twin.architecture);
  const levels = levelsOf(topology);
  const everything = union(topology, levels);
  const sampler = new Sampler(twin, topology);
  const faces = new Faces();
  const shell = once(async (): Promise<Shell> => shellOf(await pageAssets()));
  const view = once(() => View.of(twin, topology, levels, typed));
  const ways: Readonly<Record<string, (asked: Asked) => Promise<Answer>>> = {
    'GET /view': async () => markup(await (await view()).page()),
    'GET /picture': async ({ of }) => markup(await (await view()).picture(of)),
    'GET /panel': async ({ of }) => markup((await view()).panel(of)),
    'GET /live': async ({ since }) => {
      const live = liveOf(twin, everything, await sampler.measure());
      const shown = face(topology, everything, live);
      return { status: 200, text: JSON.stringify(since === null ? { ...live, face: shown } : faces.changes(shown, Number(since))) };
    },
    'POST /control': async ({ body }) => {
      const control = parseControl(body);
      if (typeof control === 'string') return refused(400, control);
      return { status: 200, text: JSON.stringify({ said: await perform(twin, control) }) };
    },
  };

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { method = 'GET', url = '/', headers } = request;
    const stranger = refuseStranger({ method, headers }, `127.0.0.1:${portOf(server)}`);
    if (stranger !== undefined) return refused(stranger.status, stranger.reason);
    if (!URL.canParse(url, base)) return refused(400, `${url} is no path`);
    const { pathname: path, searchParams } = new URL(url, base);
    if (method === 'GET' && path === '/') return { status: 200, ...(await shell()) };
    const without = refuseWithoutToken({ method, headers }, token);
    if (without !== undefined) return refused(without.status, without.reason);
    const way = ways[`${method} ${path}`];
    if (way === undefined) return refused(404, `there is ${Object.keys(ways).join(', ')}`);
    if (method === 'POST' && headers['content-type'] !== 'application/json') return refused(415, 'a control is application/json');
    return way({ of: searchParams.get('of') ?? '', since: searchParams.get('since'), body: await bodyOf(request) });
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch(failure)
      .then((each) => send(response, each));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: '127.0.0.1', port }, resolve);
  });
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  void twin.stopped.then(close);
  return { url: `http://127.0.0.1:${portOf(server)}/#t=${token}`, close };
}

/** What a path is relative to; nothing but the path of it is read. */
const base = 'http://127.0.0.1';

const refused = (status: number, error: string): Answer => ({ status, text: JSON.stringify({ error }) });

const markup = (contents: Html | undefined): Answer =>
  contents === undefined
    ? refused(404, 'there is no such part of the page')
    : { status: 200, text: contents.markup, headers: { 'content-type': 'text/html; charset=utf-8' } };

function send(response: ServerResponse, { status, text, headers }: Answer): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new TooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

class TooLarge extends Error {}

function failure(error: unknown): Answer {
  if (error instanceof TooLarge) return refused(413, `a control has ${mostBytes} bytes at most`);
  return refused(
    error instanceof TwinError || error instanceof Inapplicable ? 400 : 500,
    error instanceof Error ? error.message : String(error),
  );
}

/** Computed when it is first asked for, and kept. */
function once<T>(compute: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= compute();
    return result;
  };
}
