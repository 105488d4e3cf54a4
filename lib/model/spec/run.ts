/**
 * The app itself on this machine, in the twin alone: engines, checks and reviews do not look at it.
 *
 * It is started in a shell once its sidecar listens, for each instance, and started again where it ends by itself, five times in a row at most.
 * It is told `PORT`, where to listen, and `HOST`, which is 127.0.0.1; of further ports `PORT_<NAME>`, such as `PORT_METRICS`; of each call its three variables.
 * Besides it gets `env` as declared, and of the user's own shell only what a program needs to find its way: PATH, HOME, USER, SHELL, LANG, LC_*, TZ, TMPDIR, TERM.
 * It is ready when its health path answers, or else when its port takes a connection. A worker with a `schedule` is started on demand only.
 * At the end all that it started ends with it, but for what has made itself a daemon. It is not confined: it can reach whatever this machine can.
 */
export interface RunSpec {
  /** A command of `sh`, such as `npm start`. */
  command: string;
  /** Where it runs, relative to the file of the architecture. @default that file's own folder */
  cwd?: string;
  /** Variables of this machine, such as `{ LOG_LEVEL: 'debug' }`; they win over the declared `env`. A secret belongs into the shell, see `inherit`. @default none */
  env?: Record<string, string>;
  /** Further variables that it gets as the user's own shell has them, such as a password of a local database: `['DB_PASSWORD']`. @default none */
  inherit?: string[];
}
