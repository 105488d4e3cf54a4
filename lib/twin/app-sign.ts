import { request } from 'node:http';
import { connect } from 'node:net';

/** By what an app is known to be ready: its health path answers, its port takes a connection, or it merely runs. */
export type Sign =
  | { readonly kind: 'path'; readonly port: number; readonly path: string }
  | { readonly kind: 'port'; readonly port: number }
  | { readonly kind: 'none' };

/** How long a question may take, in milliseconds. */
const patience = 2_000;

export function answers(sign: Sign): Promise<boolean> {
  if (sign.kind === 'none') return Promise.resolve(true);
  return sign.kind === 'port' ? accepts(sign.port) : isHealthy(sign.port, sign.path);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: patience });
    const settle = (found: boolean) => {
      socket.destroy();
      resolve(found);
    };
    socket.on('connect', () => settle(true));
    socket.on('timeout', () => settle(false));
    socket.on('error', () => settle(false));
  });
}

function isHealthy(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false, timeout: patience }, (answer) => {
      answer.resume();
      resolve((answer.statusCode ?? 500) < 400);
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(false));
    asked.on('close', () => resolve(false));
    asked.end();
  });
}
