import { z } from 'zod';
import type { Twin } from '../twin.js';
import { end, scale } from './crew.js';
import { Inapplicable } from './inapplicable.js';
import { showTime } from './words.js';

const instance = z.string().max(200);

/** What the page's buttons ask for. */
const schema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('kill'), instance }),
  z.strictObject({ do: z.literal('start'), instance }),
  z.strictObject({ do: z.literal('slow'), instance, milliseconds: z.int().min(1).max(30_000) }),
  z.strictObject({ do: z.literal('fail'), instance, status: z.int().min(500).max(599) }),
  z.strictObject({ do: z.literal('heal'), instance }),
  z.strictObject({ do: z.literal('work'), instance }),
  z.strictObject({ do: z.literal('end'), instance }),
  z.strictObject({ do: z.literal('more'), version: z.string().max(200) }),
  z.strictObject({ do: z.literal('fewer'), version: z.string().max(200) }),
  z.strictObject({ do: z.literal('shift'), service: z.string().max(200), weights: z.record(z.string(), z.number()) }),
  z.strictObject({ do: z.literal('unshift'), service: z.string().max(200) }),
  z.strictObject({ do: z.literal('rotate') }),
]);

export type Control = z.infer<typeof schema>;

/** @returns the control, or what is wrong with it */
export function parseControl(body: string): Control | string {
  try {
    const parsed = schema.safeParse(JSON.parse(body));
    return parsed.success ? parsed.data : z.prettifyError(parsed.error);
  } catch {
    return 'not JSON';
  }
}

/**
 * Does it, and says what it did and how to undo it.
 *
 * @throws TwinError `UNKNOWN_NAME`, `BAD_WEIGHTS`, `NOT_READY`, and for programs of the user's own `NOT_A_STUB`, `PROCESS_FAILED`
 * @throws Inapplicable
 */
export async function perform(twin: Twin, control: Control): Promise<string> {
  switch (control.do) {
    case 'shift':
      await twin.shift(control.service, control.weights);
      return `${control.service} now splits ${twin.split(control.service).map(show).join(', ')}; undo: back to declared`;
    case 'unshift':
      await twin.shift(control.service, undefined);
      return `${control.service} splits as declared: ${twin.split(control.service).map(show).join(', ')}`;
    case 'rotate':
      await twin.rotateCertificates();
      return 'every identity has a new key and certificate; open connections keep theirs, which stay valid, so nothing needs undoing';
    case 'more':
    case 'fewer':
      return scale(twin, control.version, control.do);
    default:
      return onInstance(twin, control);
  }
}

const show = ({ version, weight }: { readonly version: string; readonly weight: number }): string => `${version} ${weight}`;

async function onInstance(twin: Twin, control: Extract<Control, { readonly instance: string }>): Promise<string> {
  const dash = control.instance.lastIndexOf('-');
  const found = twin.instance(control.instance.slice(0, dash), Number(control.instance.slice(dash + 1)));
  const name = `${found.version.id} #${found.number}`;
  if (found.isOnDemand && control.do !== 'work') {
    const why = found.isOwn ? 'runs on demand' : 'is a worker: nobody asks it';
    throw new Inapplicable(`${name} ${why}, so only "work" can be done to it`);
  }
  switch (control.do) {
    case 'end':
      return end(twin, found);
    case 'kill':
      await found.stopApp();
      return `${name} is killed: its app ${found.isOwn ? 'is gone, with all that it started' : 'listens no more'}; undo: start`;
    case 'start':
      await found.startApp();
      return found.isOwn ? `${name} is being started` : `${name} is started: its app listens again`;
    case 'slow':
      found.slowApp(control.milliseconds);
      return `${name} takes ${showTime(control.milliseconds)} longer for each request; undo: heal`;
    case 'fail':
      found.failApp(control.status);
      return `${name} answers ${control.status} to every request; undo: heal`;
    case 'heal':
      found.slowApp(0);
      found.failApp(undefined);
      return `${name} is healed: it answers at once, and well`;
    case 'work': {
      const calls = await found.work();
      if (found.isOwn) return `${name} ran its program to its end, which was a good one`;
      return `${name} made its calls once: ${calls.map(({ to, status }) => `${to} ${status}`).join(', ') || 'it has none'}`;
    }
  }
}
