import { Agent, request } from 'node:http';
import { setImmediate as soon, setTimeout as wait } from 'node:timers/promises';
import type { Load } from './scenario.js';
import { scheduleOf } from './schedule.js';
import { Tally } from './tally.js';

/** A load, and where it goes. */
export interface Aim {
  readonly load: Load;
  /** `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Besides those of the load. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Sent {
  /** In order of the aims. */
  readonly tallies: readonly Tally[];
  /** The most that a request was sent after its time, in milliseconds: how busy this machine was. */
  readonly latest: number;
}

/** Requests under way at a time; one more is not sent, and counts as failed. */
const mostUnderWay = 500;
/** How long a client waits, in milliseconds: longer than any gateway does. */
export const patience = 35_000;

/**
 * Sends requests at their times, whether or not earlier ones were answered, over connections that are kept: a slow answer delays no other request.
 *
 * @returns when the last one was answered or given up
 */
export async function send(aims: readonly Aim[], duration: number, start: number, signal: AbortSignal): Promise<Sent> {
  const agent = new Agent({ keepAlive: true });
  const tallies = aims.map(() => new Tally());
  const schedule = scheduleOf(
    aims.map(({ load }) => load.rate),
    duration,
  );
  const underWay = new Set<Promise<void>>();
  let latest = 0;
  try {
    for (const { load, at } of schedule) {
      const early = at - (performance.now() - start);
      // Where it is late, what came back meanwhile is counted all the same.
      await (early > 0 ? wait(early, undefined, { signal }) : soon());
      signal.throwIfAborted();
      latest = Math.max(latest, -early);
      const tally = tallies[load]!;
      if (underWay.size >= mostUnderWay) {
        tally.count(at, 'not sent', false, undefined);
        continue;
      }
      const sent = ask(aims[load]!, agent).then(({ outcome, ok, took }) => tally.count(at, outcome, ok, took));
      underWay.add(sent);
      void sent.then(() => underWay.delete(sent));
    }
    await Promise.all(underWay);
  } finally {
    agent.destroy();
  }
  return { tallies, latest };
}

interface Outcome {
  readonly outcome: string;
  readonly ok: boolean;
  readonly took: number;
}

function ask({ load, url, headers }: Aim, agent: Agent): Promise<Outcome> {
  const { method, path, body, client } = load;
  const { hostname, port } = new URL(url);
  const sized = body === undefined ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
  const { target } = client.route;
  const start = performance.now();
  return new Promise((resolve) => {
    const done = (outcome: string, ok: boolean) => resolve({ outcome, ok, took: performance.now() - start });
    const silent = () => done('no answer', false);
    const sent = request(
      { hostname, port, method, path, agent, timeout: patience, headers: { ...sized, ...load.headers, ...headers } },
      (answer) => {
        const status = answer.statusCode ?? 0;
        answer.resume();
        answer.on('end', () => done(String(status), target.kind === 'respond' ? status === target.status : status < 400));
        answer.on('error', silent);
        answer.on('close', silent); // whoever ends without an end has not answered
      },
    );
    sent.on('timeout', () => sent.destroy());
    sent.on('error', silent);
    sent.end(body);
  });
}
