import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Ports } from '../../../../lib/twin/ports.js';
import { Supervisor } from '../../../../lib/twin/supervisor.js';

/** Without cryptography it refuses every token, and a test of refusals would pass. */
const requirements = ['ministack==1.5.33', 'cryptography==50.0.2'];
const root = resolve(__dirname, '../../../..');
/** It takes two. */
const longestStart = 60_000;

/** An emulator of AWS that runs CloudFormation, API Gateway and Lambda functions for real, on loopback. */
export class Emulator {
  private readonly environment: Readonly<Record<string, string>>;

  private constructor(
    private readonly supervisor: Supervisor,
    private readonly port: number,
  ) {
    const { folder } = supervisor;
    // Nothing of the user's: a profile, or one service's own endpoint, would stand before these, and lead to AWS itself.
    this.environment = {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      TMPDIR: folder,
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_REGION: 'us-east-1',
      // The CLI remembers accounts by access key.
      CDK_HOME: join(folder, 'cdk'),
      CDK_DISABLE_VERSION_CHECK: '1',
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_VALIDATION: 'false',
    };
  }

  static async start(): Promise<Emulator> {
    const python = join(program(), 'bin', 'python3');
    const supervisor = new Supervisor('edge-mesh-emulator-');
    try {
      return await Emulator.startIn(supervisor, python);
    } catch (error) {
      await supervisor.stop();
      throw error;
    }
  }

  private static async startIn(supervisor: Supervisor, command: string): Promise<Emulator> {
    const { folder } = supervisor;
    const ports = await Ports.reserve(1);
    const port = ports.take();
    await ports.release();
    const environment = {
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      MINISTACK_HOST: 'localhost',
      LAMBDA_EXECUTOR: 'local',
      IOT_MTLS_ENABLED: '0',
      SFTP_ENABLED: '0',
      HOME: folder,
      TMPDIR: folder,
    };
    const running = supervisor.start({ name: 'the emulator', command, args: ['-m', 'ministack'], environment, folder });
    const emulator = new Emulator(supervisor, port);
    const end = performance.now() + longestStart;
    while (!(await emulator.answers())) {
      if (!running.running) throw running.failure();
      if (performance.now() > end) throw new Error(`the emulator does not answer; its last lines:\n${running.lastLines()}`);
      await wait(100);
    }
    return emulator;
  }

  async stop(): Promise<void> {
    await this.supervisor.stop();
  }

  /** `cdk`, with the emulator for AWS. */
  async cdk(...args: readonly string[]): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)(join(root, 'node_modules', '.bin', 'cdk'), [...args, '--no-notices'], {
      cwd: root,
      env: this.environment,
    });
    return stdout + stderr;
  }

  /** Deploys one stack that was synthesized. @returns its outputs */
  async deploy(synthesized: string, stack: string): Promise<Readonly<Record<string, string>>> {
    const outputs = join(this.supervisor.folder, `${stack}.json`);
    await this.cdk('bootstrap', '--app', synthesized, 'aws://000000000000/us-east-1');
    await this.cdk('deploy', '--app', synthesized, '--require-approval', 'never', '--method', 'direct', '--outputs-file', outputs, stack);
    return JSON.parse(readFileSync(outputs, 'utf8'))[stack];
  }

  /** Asks a deployed API. An HTTP API's stage `$default` is not part of its URL. */
  ask(
    api: string,
    stage: string,
    method: string,
    path: string,
    token?: string,
  ): Promise<{ readonly status: number; readonly body: string }> {
    const headers = {
      host: `${api}.execute-api.localhost:${this.port}`,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    };
    return this.send(method, `${stage === '$default' ? '' : `/${stage}`}${path}`, headers);
  }

  private answers = (): Promise<boolean> =>
    this.send('GET', '/_ministack/health', {}).then(
      () => true,
      () => false,
    );

  private send(method: string, path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
    return new Promise((done, failed) => {
      request({ host: '127.0.0.1', port: this.port, method, path, headers, timeout: 30_000 }, (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body }));
      })
        .on('timeout', () => failed(new Error(`the emulator does not answer ${method} ${path}`)))
        .on('error', failed)
        .end();
    });
  }
}

/**
 * Installed once, into node_modules/.cache, from PyPI: under a name of its own first, since two may do so at once, and what breaks off leaves nothing there.
 * @throws where it cannot be, with what pip said
 */
function program(): string {
  const cache = join(root, 'node_modules', '.cache');
  const folder = join(cache, `emulator-${createHash('sha256').update(requirements.join()).digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(`${folder}-`);
  try {
    for (const [command = '', ...args] of [
      ['python3', '-m', 'venv', own],
      [join(own, 'bin', 'python3'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...requirements],
    ]) {
      const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(`${[command, ...args].join(' ')} failed:\n${error?.message ?? stderr}`);
    }
    if (!existsSync(folder)) renameSync(own, folder);
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
  return folder;
}
