/**
 * What becomes of words that nobody takes. Whoever reads may stop reading, as `head` does: nothing to say about, and the
 * exit code is the same. Where a disk is full or a terminal is gone the report is lost: exit code 2.
 */
export function watchOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
      if (code === 'EPIPE') return;
      process.exitCode = 2;
      if (stream === process.stdout) console.error(`cannot write the report: ${message}`);
    });
  }
}
