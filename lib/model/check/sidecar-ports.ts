/** Ports of the sidecar in every task: what the mesh enters by, and its health. */
const sidecarPorts = { from: 15_000, to: 15_999 };

/** In words, why an app cannot have a port; undefined where it can, or where it is none. */
export const sidecarPortProblem = (port: unknown): string | undefined =>
  typeof port === 'number' && port >= sidecarPorts.from && port <= sidecarPorts.to
    ? `got ${port}; ${sidecarPorts.from}–${sidecarPorts.to} are the sidecar's; allowed: any other`
    : undefined;
