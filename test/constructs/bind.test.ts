import { Aws } from 'aws-cdk-lib';
import { ContainerImage, Secret as EcsSecret } from 'aws-cdk-lib/aws-ecs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Bind, BindProperty, ServiceName, VersionName } from '../../constructs/bind.js';
import { MicroserviceApp } from '../../constructs/index.js';
import { defineArchitecture, parseArchitecture } from '../../lib/index.js';
import { containerOf, deployed, deployedMarket, market, newStack, type quiet } from './deployed.js';

const image = ContainerImage.fromRegistry('example.com/any');

describe('what the compiler holds', () => {
  type Market = typeof market;

  test('the names of services and of their versions', () => {
    const services: ServiceName<Market>[] = ['stalls', 'prices', 'sweeper'];
    const versions: VersionName<Market, 'prices'>[] = ['v1', 'v2'];
    // @ts-expect-error stalls declares no versions
    const none: VersionName<Market, 'stalls'> = 'v1';
    expect([...services, ...versions, none]).toHaveLength(6);
  });

  test('a forgotten host', () => {
    const binds: Bind<Market>[] = [
      { external: { ledger: { host: 'ledger.example.internal' } } },
      // @ts-expect-error ledger declares no host
      { external: {} },
      // @ts-expect-error nor does it without any external
      { services: {} },
      // @ts-expect-error a name that is not declared
      { external: { ledger: { host: 'ledger.example.internal' }, leger: { host: 'x' } } },
      // @ts-expect-error a service that is not declared
      { external: { ledger: { host: 'ledger.example.internal' } }, services: { stals: { image } } },
      // @ts-expect-error a version that is not declared
      { external: { ledger: { host: 'ledger.example.internal' } }, services: { prices: { versions: { v3: { image } } } } },
    ];
    expect(binds).toHaveLength(6);
  });

  test('a forgotten bind, where one is needed', () => {
    const needless: BindProperty<Bind<typeof quiet>> = {};
    // @ts-expect-error the market cannot do without
    const needed: BindProperty<Bind<Market>> = {};
    expect([needless, needed]).toEqual([{}, {}]);
    // @ts-expect-error the same where it is used
    const use = () => new MicroserviceApp(newStack(), 'App', { architecture: market });
    expect(use).toThrow('bind.external.ledger');
  });

  test('nothing where it cannot know the names, and the run time takes over', () => {
    const parsed = parseArchitecture({ name: 'parsed', services: { any: { image: 'example.com/any' } } });
    const bind: Bind<typeof parsed> = { external: { store: { host: 'store' } }, services: { any: { image } } };
    expect(() => deployed(parsed, { bind })).toThrow('bind.external.store: "store" is not an external; none is declared');
  });
});

describe('what is missing at synth', () => {
  const bare = defineArchitecture({
    name: 'bare',
    services: {
      one: { listen: { protocol: 'http', port: 8080 } },
      two: { listen: { protocol: 'http', port: 8080 }, versions: { a: {}, b: { image: 'example.com/two:b' } }, traffic: { a: 50, b: 50 } },
    },
    external: { cache: { protocol: 'tcp', port: 6379 }, saas: { protocol: 'https', host: 'saas.example.com' } },
  });

  test('images are listed all at once, with where to bind them', () => {
    expect(() => deployed(bare, { bind: { external: { cache: { host: 'cache' } } } })).toThrow(
      [
        '2 problems in the architecture',
        '  bind.services.one: nobody says which image one runs; declare one, or bind it: { image: … }',
        '  bind.services.two.versions.a: nobody says which image two-a runs; declare one, or bind it: { versions: { a: { image: … } } }',
      ].join('\n'),
    );
  });

  test('a host is asked for by name', () => {
    const bind = { services: { one: { image }, two: { image } } } as unknown as Bind<typeof bare>;
    expect(() => deployed(bare, { bind })).toThrow(
      'bind.external.cache: nobody says where this tcp external is; bind it, such as { host: database.clusterEndpoint.hostname }',
    );
  });

  test('names that do not exist are refused with the nearest one', () => {
    const bind = {
      external: { cache: { host: 'cache' }, cahce: { host: 'cache' } },
      services: { one: { image }, two: { versions: { a: { image }, c: { image } } }, oen: { image } },
    } as unknown as Bind<typeof bare>;
    expect(() => deployed(bare, { bind })).toThrow(
      [
        '3 problems in the architecture',
        '  bind.external.cahce: "cahce" is not an external; did you mean "cache"?',
        '  bind.services.oen: "oen" is not a service; did you mean "one"?',
        '  bind.services.two.versions.c: "c" is not a version of two; allowed: a, b',
      ].join('\n'),
    );
  });

  test('what is no host, no port or no image is refused, where the compiler was not asked', () => {
    const bind = {
      external: { cache: 'cache', saas: { host: 'saas', port: 70_000 } },
      services: { one: { image: 'example.com/one' }, two: { versions: { a: { image: 'example.com/two' } } } },
    } as unknown as Bind<typeof bare>;
    expect(() => deployed(bare, { bind })).toThrow(
      [
        '4 problems in the architecture',
        '  bind.external.cache.host: is missing; allowed: a name or an address, without scheme, port and path',
        '  bind.external.saas.port: got 70000; allowed: a port, 1 to 65535',
        '  bind.services.one.image: got "example.com/one"; allowed: a ContainerImage, such as ContainerImage.fromRegistry("example.com/one")',
        '  bind.services.two.versions.a.image: got "example.com/two"; allowed: a ContainerImage, such as ContainerImage.fromRegistry("example.com/two")',
      ].join('\n'),
    );
  });

  test('a variable is not given twice to a container', () => {
    const secret = EcsSecret.fromSsmParameter(StringParameter.fromSecureStringParameterAttributes(newStack(), 'P', { parameterName: 'p' }));
    const services = {
      stalls: { environment: { PRICES_URL: 'x', TABLE: 'y' }, secrets: { LEDGER_PORT: secret, TABLE: secret } },
      prices: { secrets: { CURRENCY: secret } },
    };
    const external = { ledger: { host: 'ledger' } };
    expect(() => deployedMarket({ bind: { external, services } })).toThrow(
      '1 problem in the architecture\n  bind.services.prices.secrets.CURRENCY: is set by `environment`, or declared as `env`, too; choose another name',
    );
    expect(() => deployedMarket({ bind: { external, services: { stalls: services.stalls } } })).toThrow(
      [
        '3 problems in the architecture',
        '  bind.services.stalls.environment.PRICES_URL: is set by a call too; choose another name',
        '  bind.services.stalls.secrets.LEDGER_PORT: is set by a call too; choose another name',
        '  bind.services.stalls.secrets.TABLE: is set by `environment`, or declared as `env`, too; choose another name',
      ].join('\n'),
    );
  });

  test('a URL is no host', () => {
    expect(() => deployedMarket({ bind: { external: { ledger: { host: 'https://ledger.example.internal/' } } } })).toThrow(
      'bind.external.ledger.host: got "https://ledger.example.internal/"; allowed: a name or an address, without scheme, port and path',
    );
  });
});

describe('a bound host', () => {
  test('may be known only at deploy, and reaches the sidecar by CloudFormation', () => {
    const { template } = deployedMarket({ bind: { external: { ledger: { host: `ledger.${Aws.REGION}.example.internal` } } } });
    const [, configuration] = containerOf(template(), 'stalls', 'sidecar').Command!;
    const {
      'Fn::Join': [, parts],
    } = configuration as { 'Fn::Join': [string, unknown[]] };
    expect(parts).toContainEqual({ Ref: 'AWS::Region' });
    expect(parts.join('')).toContain('.example.internal');
  });

  test('and port win over what is declared', () => {
    const bank = { host: 'sandbox.bank.example.com', port: 8443 };
    const { app } = deployedMarket({ bind: { external: { ledger: { host: 'ledger' }, bank } } });
    expect(app.mesh?.architecture.externals.map(({ name, host, port }) => [name, host, port])).toEqual([
      ['bank', 'sandbox.bank.example.com', 8443],
      ['ledger', 'ledger', 5433],
    ]);
  });
});
