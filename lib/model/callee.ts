/** What a call or a gateway's route names: a service or an external, and a further port of it. */
export interface Callee {
  readonly name: string;
  /** Undefined for where a service listens, and for an external. */
  readonly port: string | undefined;
}

/** `pricing`, or `pricing:metrics`. */
export function parseCallee(written: string): Callee {
  const colon = written.indexOf(':');
  return colon === -1 ? { name: written, port: undefined } : { name: written.slice(0, colon), port: written.slice(colon + 1) };
}

/** The same as it is written. */
export const showCallee = ({ name, port }: Callee): string => (port === undefined ? name : `${name}:${port}`);
