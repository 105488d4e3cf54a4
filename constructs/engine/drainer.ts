import { Duration } from 'aws-cdk-lib';
import type { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { drainPort, type Leave } from '../../lib/engines/envoy/index.js';
import type { Sidecar } from './engine.js';

/** From the sidecar's own image, which is on the task's disk already: a shell that sleeps until ECS stops it. */
export const drainer = (image: ContainerImage, user: string, { drain, stopTimeout }: Leave): Sidecar['drainer'] => ({
  image,
  user,
  entryPoint: ['bash', '-c', drainScript(drainPort, drain / 1_000)],
  memoryLimitMiB: 32, // a shell and a sleep take four
  stopTimeout: Duration.millis(stopTimeout),
});

/**
 * For bash: on SIGTERM asks the sidecar at `port` to drain, waits `seconds` and ends with 0. Where there is no sidecar any more, which nobody can reach then, it
 * ends at once. One that does not answer is left by its callers all the same, as DNS tells them.
 */
export const drainScript = (port: number, seconds: number): string =>
  [
    'leave() {',
    "  trap '' TERM",
    '  kill $! 2>/dev/null',
    `  if exec 3<>/dev/tcp/127.0.0.1/${port}; then`,
    "    printf 'POST /drain HTTP/1.1\\r\\nHost: drain\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n' >&3",
    '    read -r -t 5 answer <&3',
    `    echo "drains for ${seconds} s: \${answer%$'\\r'}"`,
    `    sleep ${seconds}`,
    '  fi',
    '  exit 0',
    '}',
    // In the trap, so that a signal is not missed between two commands; in the background, because a trap waits for the foreground.
    'trap leave TERM',
    'sleep infinity & wait',
  ].join('\n');
