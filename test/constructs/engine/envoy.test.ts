import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import { parse } from 'yaml';
import { readiness } from '../../../constructs/engine/envoy.js';
import { MeshEngine, MicroserviceApp } from '../../../constructs/index.js';
import { awsPlacement, compileSidecar, type Placement } from '../../../lib/engines/envoy/index.js';
import { defineArchitecture } from '../../../lib/index.js';
import { containerOf, deployed, deployedMarket, newStack, quiet } from '../deployed.js';

describe('the sidecar', () => {
  const template = deployedMarket().template();
  const sidecar = containerOf(template, 'stalls', 'sidecar');

  test('gets its whole configuration in the task definition', () => {
    expect(sidecar.Command).toEqual(['--config-yaml', expect.any(String), '--concurrency', '2', '--disable-hot-restart']);
    const architecture = deployedMarket().app.mesh!.architecture;
    const version = architecture.services.find(({ name }) => name === 'stalls')!.versions[0]!;
    const placement: Placement = awsPlacement(architecture, { version });
    expect(parse(sidecar.Command![1] as string)).toEqual(JSON.parse(JSON.stringify(compileSidecar(architecture, version, placement))));
  });

  test('gets certificate, key and trust of its service from the named secret', () => {
    const name = { 'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(':secret:stalls-identity:')])] };
    expect(sidecar['Secrets']).toEqual([
      { Name: 'MESH_CERTIFICATE', ValueFrom: name },
      { Name: 'MESH_PRIVATE_KEY', ValueFrom: name },
      { Name: 'MESH_TRUST', ValueFrom: name },
    ]);
    const keys = (sidecar['Secrets'] as { ValueFrom: { 'Fn::Join': [string, string[]] } }[]).map(({ ValueFrom }) =>
      ValueFrom['Fn::Join'][1].at(-1),
    );
    expect(keys).toEqual([':certificate::', ':privateKey::', ':trust::'].map((key) => `:secret:stalls-identity${key}`));
  });

  test('has no rights: no user, no capability, no disk but a megabyte of memory', () => {
    expect(sidecar).toMatchObject({
      User: '101',
      ReadonlyRootFilesystem: true,
      LinuxParameters: {
        Capabilities: { Drop: ['ALL'] },
        InitProcessEnabled: true,
        Tmpfs: [{ ContainerPath: '/tmp', Size: 1, MountOptions: ['nosuid', 'nodev', 'noexec'] }],
      },
    });
  });

  test('has a minute to start, because it waits for DNS, and 15 seconds to come back from then on', () => {
    expect(sidecar['HealthCheck']).toMatchObject({ Interval: 5, Timeout: 2, Retries: 3, StartPeriod: 60 });
  });

  test('is the documented image unless another is named', () => {
    expect(sidecar['Image']).toBe('docker.io/envoyproxy/envoy:v1.40.0');
    const engine = MeshEngine.envoy({ image: ContainerImage.fromRegistry('registry.example.com/envoy:1'), user: '65532' });
    const own = deployedMarket({ engine }).template();
    for (const task of ['stalls', 'IngressFleet']) {
      for (const name of ['sidecar', 'drainer'] as const)
        expect(containerOf(own, task, name)).toMatchObject({ Image: 'registry.example.com/envoy:1', User: '65532' });
    }
  });
});

describe('its health check', () => {
  const ask = (port: number) => promisify(execFile)('bash', ['-c', readiness(port)]);

  test.each([
    [200, 'is healthy'],
    [503, 'is not'],
  ])('an Envoy that answers %d %s', async (status) => {
    const server = createServer(({ method, url }, response) =>
      response.writeHead(method === 'GET' && url === '/ready' ? status : 404).end(),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    try {
      if (status === 200) await expect(ask(port)).resolves.toBeDefined();
      else await expect(ask(port)).rejects.toMatchObject({ code: 1 });
    } finally {
      server.close();
    }
    await expect(ask(port)).rejects.toMatchObject({ code: 1 }); // nobody listens any more
  });
});

test('forgotten secrets are listed by name', () => {
  expect(() => new MicroserviceApp(newStack(), 'App', { architecture: quiet })).toThrow(
    [
      '2 problems in the architecture',
      '  certificates.services.callee: the envoy engine needs a secret with the certificate of callee',
      '  certificates.services.caller: the envoy engine needs a secret with the certificate of caller',
    ].join('\n'),
  );
});

test('an architecture without calls tells its apps nothing', () => {
  const hermit = defineArchitecture({
    name: 'hermit',
    services: { one: { image: 'example.com/one:1', listen: { protocol: 'http', port: 8080 } } },
  });
  const app = containerOf(deployed(hermit, {}).template(), 'one', 'app');
  expect(app.Environment).toBeUndefined();
});

test("Datadog's tracer is told the environment and the version; another tracer reads none of it", () => {
  const observed = (as: 'datadog' | 'otlp') =>
    deployed(
      defineArchitecture({
        name: 'observed',
        services: {
          one: { listen: { protocol: 'http', port: 8080 }, versions: { v7: { image: 'example.com/one:7' } }, traffic: { v7: 100 } },
        },
        external: { agent: { host: 'agent.example', protocol: 'http', port: 8126 } },
        observability: { traces: { as, to: 'agent' } },
      }),
      {},
    ).template();
  expect(containerOf(observed('datadog'), 'onev7', 'sidecar').Environment).toEqual([
    { Name: 'DD_ENV', Value: expect.any(String) },
    { Name: 'DD_VERSION', Value: 'v7' },
  ]);
  expect(containerOf(observed('otlp'), 'onev7', 'sidecar').Environment).toBeUndefined();
});
