/** The app itself on this machine: what only the twin looks at. */
export interface Run {
  /** Of a shell. */
  readonly command: string;
  /** Relative to the file of the architecture; undefined: that file's own folder. */
  readonly cwd: string | undefined;
  /** What it gets here besides what the version declares, which it wins over. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables of the user's own shell. */
  readonly inherit: readonly string[];
}
