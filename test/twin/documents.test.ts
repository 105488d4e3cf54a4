import { Agent, request } from 'node:http';
import { Documents } from '../../lib/twin/documents.js';
import { Supervisor } from '../../lib/twin/supervisor.js';

let supervisor: Supervisor;
let documents: Documents;
beforeAll(async () => {
  supervisor = new Supervisor();
  documents = await Documents.serve(supervisor);
});
afterAll(() => supervisor?.stop());

/** Asks as an Envoy does, over one connection: with the version that it has. */
class Asker {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  ask(name: string, version: string): Promise<{ readonly version: string; readonly resources: unknown[] }> {
    return new Promise((resolve, reject) => {
      const asked = request({ socketPath: documents.socket, method: 'POST', path: '/v3/discovery:any', agent: this.agent }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const { version_info, resources } = JSON.parse(Buffer.concat(chunks).toString());
          resolve({ version: version_info, resources });
        });
      });
      asked.on('error', reject);
      asked.end(JSON.stringify({ resource_names: [name], version_info: version }));
    });
  }

  end(): void {
    this.agent.destroy();
  }
}

test('a change waits until who asks says that it has it', async () => {
  const asker = new Asker();
  await documents.put('weights', { of: 'old' });
  expect(await asker.ask('weights', '')).toEqual({ version: '1', resources: [{ of: 'old' }] });
  const next = asker.ask('weights', '1');
  await asked('weights');
  let taken = false;
  const put = documents.put('weights', { of: 'new' }).then(() => {
    taken = true;
  });
  expect(await next).toEqual({ version: '2', resources: [{ of: 'new' }] });
  expect(taken).toBe(false);
  void asker.ask('weights', '2').catch(() => {});
  await put;
  asker.end();
});

test('who ends meanwhile is not waited for', async () => {
  const asker = new Asker();
  await documents.put('addresses', { of: 'old' });
  await asker.ask('addresses', '');
  const next = asker.ask('addresses', '1').then(() => asker.end());
  await asked('addresses');
  await documents.put('addresses', { of: 'new' });
  await next;
});

test('what is begun stays as it is by now', async () => {
  await documents.put('certificate', { of: 'now' });
  documents.begin('certificate', { of: 'the start' });
  documents.begin('another', { of: 'the start' });
  const asker = new Asker();
  expect((await asker.ask('certificate', '')).resources).toEqual([{ of: 'now' }]);
  expect((await asker.ask('another', '')).resources).toEqual([{ of: 'the start' }]);
  asker.end();
});

/** Until a question for it waits for its answer. */
async function asked(name: string): Promise<void> {
  while (!documents.isAsked(name)) await new Promise((soon) => setTimeout(soon, 5));
}
