import { connect, type Socket } from 'node:net';

export interface Load {
  readonly port: number;
  readonly requests: number;
  /** Connections, each with one request under way. */
  readonly connections: number;
}

/** What every request is: as an app would ask for something, of the size that is usual. */
const question = [
  'GET /products/42?language=en HTTP/1.1',
  'host: callee',
  'accept: application/json',
  'user-agent: bench/1',
  'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  '\r\n',
].join('\r\n');

/**
 * Asks so often, over connections that are kept, the next request when the last one is answered.
 *
 * @returns how long each request took, in milliseconds
 * @throws where an answer is not a 200 with a length
 */
export async function load({ port, requests, connections }: Load): Promise<number[]> {
  const took: number[] = [];
  let left = requests;
  const next = (): boolean => left-- > 0;
  await Promise.all(Array.from({ length: connections }, () => client(port, next, took)));
  return took;
}

function client(port: number, next: () => boolean, took: number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let [began, got] = [0, ''];
    const ask = (): void => {
      if (!next()) {
        socket.end();
        resolve();
        return;
      }
      got = '';
      began = performance.now();
      socket.write(question);
    };
    socket.setEncoding('latin1');
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`port ${port} closed a connection under load`)));
    socket.on('data', (data: string) => {
      got += data;
      const head = got.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = /content-length: (\d+)/i.exec(got)?.[1];
      if (!got.startsWith('HTTP/1.1 200') || length === undefined) {
        reject(new Error(`port ${port} answered ${JSON.stringify(got.slice(0, 200))}`));
        socket.destroy();
      } else if (got.length >= head + 4 + Number(length)) {
        took.push(performance.now() - began);
        ask();
      }
    });
  });
}
