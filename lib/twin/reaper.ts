import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';

/**
 * Reads from a pipe that this process alone writes to. The pipe ends with this process, however it ends: then what is still written down is ended, and the folder goes,
 * with the file elsewhere, and that file's folder if nothing else is in it. dash knows `kill -s TERM -- -1`, and not `kill -TERM -- -1`.
 */
const script = `
trap '' INT TERM HUP
groups=' '
file=
while read -r sign group; do
  case "$sign" in
    f) file="$group" ;;
    +) groups="$groups$group " ;;
    -) case "$groups" in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
[ "$groups" = ' ' ] || {
  for group in $groups; do kill -s TERM -- "-$group"; done
  sleep 1
  for group in $groups; do kill -s KILL -- "-$group"; done
}
rm -rf -- "$1"
[ -z "$file" ] || { rm -f -- "$file"; rmdir -- "\${file%/*}"; }
`;

/** Ends process groups when this process is gone, even where it was killed and could do nothing any more. A shell in a group of its own, which no Ctrl-C reaches. */
export class Reaper {
  private readonly child: ChildProcess;

  constructor(folder: string) {
    // As an argument, so that it is known before a line is read, and whatever is in the name.
    this.child = spawn('/bin/sh', ['-c', script, 'edge-mesh-reaper', folder], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      env: { PATH: process.env['PATH'] },
    });
    this.child.on('error', () => {}); // without a shell there is one safety less
    this.child.stdin?.on('error', () => {});
    this.child.unref();
    (this.child.stdin as Socket | null)?.unref();
  }

  watch(group: number): void {
    this.write(`+ ${group}`);
  }

  /** Its number may be somebody else's from now on. */
  forget(group: number): void {
    this.write(`- ${group}`);
  }

  /** A file outside the folder that is to go with it. */
  alsoRemove(file: string): void {
    this.write(`f ${file}`);
  }

  /** It has nothing more to do. */
  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || this.child.pid === undefined) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.ref();
    this.child.stdin?.end();
    await ended;
  }

  private write(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }
}
