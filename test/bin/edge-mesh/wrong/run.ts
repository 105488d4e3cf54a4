import { another, type Wrong, withOrders } from './wrong.js';

const allowed = 'allowed: a command, such as "npm start", or { command, cwd?, env?, inherit? }';
const command = 'allowed: a command, such as "npm start"';

/** The app itself on this machine. */
export const wrongRuns: readonly Wrong[] = [
  {
    title: 'no command at all, for a service and for its versions',
    spec: withOrders({ run: '', versions: { v1: { run: '  ' }, v2: { run: ['npm', 'start'] } }, traffic: { v1: 1, v2: 1 } }),
    says: [
      `services.orders.run: got ""; ${command}`,
      `services.orders.versions.v1.run: got "  "; ${command}`,
      `services.orders.versions.v2.run: got ["npm","start"]; ${allowed}`,
    ],
  },
  {
    title: 'the long form, wrong in every member',
    spec: withOrders({ run: { command: '\n', cwd: '', env: { 'A B': '1', PORTS: 2 }, inherit: ['DB-PASSWORD'], shell: true } }),
    says: [
      `services.orders.run.command: got "\\n"; ${command}`,
      'services.orders.run.cwd: got ""; allowed: a folder, relative to the file of the architecture, such as "services/orders"',
      'services.orders.run.env.PORTS: got 2; allowed: a string',
      'services.orders.run.env["A B"]: "A B" cannot be a name here; allowed: a name without = and spaces',
      'services.orders.run.inherit[0]: got "DB-PASSWORD"; allowed: the name of a variable of your shell',
      'services.orders.run.shell: is not a known field; allowed: command, cwd, env, inherit',
    ],
  },
  {
    title: 'without a command, and with nothing to inherit',
    spec: withOrders({ run: { inherit: [] } }),
    says: [
      `services.orders.run.command: is missing; ${command}`,
      'services.orders.run.inherit: got []; allowed: at least one variable of your shell, such as ["DB_PASSWORD"]',
    ],
  },
  {
    title: "variables that are the twin's own",
    spec: withOrders({
      calls: { pricing: {} },
      ports: { metrics: { protocol: 'http', port: 9102 } },
      run: { command: 'npm start', env: { PORT: '8080', PRICING_URL: 'http://127.0.0.1:1' }, inherit: ['HOME', 'PORT_METRICS', 'HOST'] },
    }),
    says: [
      "services.orders.run.env.PORT: PORT is the twin's own: it tells orders where to listen; leave it out",
      "services.orders.run.env.PRICING_URL: PRICING_URL is the twin's own: it tells orders where pricing is; leave it out",
      "services.orders.run.inherit[1]: PORT_METRICS is the twin's own: it tells orders where to listen; leave it out",
      "services.orders.run.inherit[2]: HOST is the twin's own: it tells orders where to listen; leave it out",
    ],
  },
  {
    title: 'a call whose variable would tell it where to listen',
    spec: withOrders({ calls: { pricing: { env: { port: 'PORT' } } }, run: 'npm start' }),
    says: ['services.orders.calls.pricing.env: sets PORT, by which the twin tells orders where to listen; choose another name with `env`'],
  },
  {
    title: 'a version that sets what tells it where a callee is',
    spec: withOrders(
      {
        calls: { tax: {} },
        versions: { v1: { run: { command: 'npm start', env: { TAX_PORT: '1' } } }, v2: {} },
        traffic: { v1: 1, v2: 1 },
      },
      { tax: another },
    ),
    says: ["services.orders.versions.v1.run.env.TAX_PORT: TAX_PORT is the twin's own: it tells orders where tax is; leave it out"],
  },
];
