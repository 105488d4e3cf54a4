/** Ports of the sidecar in every task: what the mesh enters by, and its health. */
export const sidecarPorts = { from: 15_000, to: 15_999 };
