type OnLine = (envoy: string, line: string) => void;

/** Keeps what Envoys say until they all listen: one that fails is quoted in the error, and what all of them say of the same mistake is said once. */
export class HeldLines {
  private held: Parameters<OnLine>[] | undefined = [];

  constructor(private readonly onLine: OnLine) {}

  readonly add: OnLine = (envoy, line) => {
    if (this.held === undefined) this.onLine(envoy, line);
    else this.held.push([envoy, line]);
  };

  /** Hands on what was kept, and from now on each line at once. */
  release(): void {
    const { held = [] } = this;
    this.held = undefined;
    for (const [envoy, line] of held) this.onLine(envoy, line);
  }
}
