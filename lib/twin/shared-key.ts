import { setTimeout as wait } from 'node:timers/promises';
import type { Architecture } from '../model/architecture/index.js';
import { announce, runningTwins } from './running-twins.js';
import { createSigningKey, type SigningKey } from './signing-key.js';
import type { Supervisor } from './supervisor.js';

/** How long a twin may take, from the time in its announcement's name, until it is there to be read, in milliseconds; 0.2 is usual. */
const moment = 30;

/** Signs the test tokens of every twin of this architecture that runs. From now on `edge-mesh token` finds it. */
export async function sharedKey({ name: architecture, environment }: Architecture, supervisor: Supervisor): Promise<SigningKey> {
  const own = runningTwins(architecture, environment)[0]?.key ?? (await createSigningKey());
  supervisor.assertRunning();
  const { file, agree, takeBack } = announce({ architecture, environment, pid: process.pid, key: own });
  supervisor.watchFile(file);
  supervisor.closeAtEnd(takeBack);
  await wait(moment);
  supervisor.assertRunning();
  return agree();
}
