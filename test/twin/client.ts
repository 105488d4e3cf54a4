import { request } from 'node:http';
import type { StubAnswer } from '../../lib/twin/stub-service.js';

export interface Answer {
  /** 0 where there was none. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Plain HTTP, with the path byte for byte as written. */
export function ask(url: string, { method = 'GET', headers = {} }: Asked = {}): Promise<Answer> {
  const [, host = '', port = '', path = '/'] = /^http:\/\/([^:/]+):(\d+)(\/.*)?$/.exec(url) ?? [];
  const body = method === 'POST' ? '{}' : undefined;
  const length = body === undefined ? {} : { 'content-length': String(body.length), 'content-type': 'application/json' };
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, method, agent: false, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a stub said. */
export const stubAnswer = ({ text }: Answer): StubAnswer => JSON.parse(text) as StubAnswer;

/** What the callee of one of its calls said. */
export function answerOf({ calls }: StubAnswer, callee: string): StubAnswer {
  const call = calls.find(({ to }) => to === callee);
  if (call === undefined) throw new Error(`no call to ${callee}`);
  return call.answer as StubAnswer;
}

/** Runs so many tasks, some at a time; results in order of their start. */
export async function times<T>(count: number, task: (index: number) => Promise<T>, atATime = 8): Promise<T[]> {
  const results: T[] = new Array(count);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await task(index);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}

/** How often each value comes. */
export function counted(values: readonly (string | number | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[String(value)] = (counts[String(value)] ?? 0) + 1;
  return counts;
}
