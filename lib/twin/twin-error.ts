/**
 * - `ENVOY_NOT_FOUND`: the message has the commands that get it.
 * - `PROCESS_FAILED`: a process ended by itself; the message has its last lines.
 * - `NOT_READY`: something did not answer in time.
 * - `INTERRUPTED`: a signal came while the twin was starting.
 * - `NOT_LOOPBACK`: a configuration names an address outside this machine; nothing was started.
 * - `UNSAFE_FOLDER`: the folder for signing keys is not this user's own.
 * - `SOCKET_PATH_TOO_LONG`: the temporary folder's path leaves no room for a Unix socket.
 * - `NO_ROOM`: the temporary folder cannot be made or written to, or no more files can be open.
 * - `NO_TWIN`: no twin of this architecture runs.
 * - `UNKNOWN_NAME`: no such authorizer, version, gateway or instance.
 * - `BAD_WEIGHTS`: weights that no traffic can be split by.
 * - `NO_FOLDER`: a program of the user's own is to run where there is no folder.
 * - `NO_HOST`: an external is to be let through, and nobody said where it is.
 * - `NOT_A_STUB`: what can be done to a stub and not to a program of the user's own.
 */
export type TwinProblem =
  | 'ENVOY_NOT_FOUND'
  | 'PROCESS_FAILED'
  | 'NOT_READY'
  | 'INTERRUPTED'
  | 'NOT_LOOPBACK'
  | 'UNSAFE_FOLDER'
  | 'SOCKET_PATH_TOO_LONG'
  | 'NO_ROOM'
  | 'NO_TWIN'
  | 'UNKNOWN_NAME'
  | 'BAD_WEIGHTS'
  | 'NO_FOLDER'
  | 'NO_HOST'
  | 'NOT_A_STUB';

/** What can go wrong with the twin itself; the message says what to do. */
export class TwinError extends Error {
  override readonly name = 'TwinError';

  constructor(
    readonly code: TwinProblem,
    message: string,
  ) {
    super(message);
  }
}
