import type { ImportModule } from '../../../bin/edge-mesh/import-module';
import { main } from '../../../bin/edge-mesh/main';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One command line in this process, without a terminal; `importing` stands in for the user's module. */
export async function run(
  words: readonly string[],
  { importing, environment = {} }: { importing?: ImportModule; environment?: Record<string, string> } = {},
): Promise<Ran> {
  const [stdout, stderr] = [sink(), sink()];
  const code = await main(words, { stdout, stderr, environment }, importing);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** What a stream would show; `isTTY` where a person looks. */
export function sink(isTTY = false): { text: string; readonly isTTY: boolean; write(text: string): void } {
  return {
    text: '',
    isTTY,
    write(text) {
      this.text += text;
    },
  };
}
