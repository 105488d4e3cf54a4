import { resolve } from 'cdk-edge-mesh';
import { up } from '../../lib/twin/index.js';
import architecture from './own-program';

test('what the README shows of a program of your own runs', async () => {
  const lines: string[] = [];
  const twin = await up(resolve(architecture), { folder: __dirname, onAppLine: (instance, line) => lines.push(`${instance} | ${line}`) });
  try {
    const answer = await fetch(`${twin.gateway('web').url}/orders/7`);
    expect({ status: answer.status, text: await answer.text() }).toEqual({ status: 200, text: 'charged by stripe, priced at 127.0.0.1' });
    expect(lines).toEqual(['orders-1 | /orders/7 charged by stripe']);
  } finally {
    await twin.stop();
  }
});
