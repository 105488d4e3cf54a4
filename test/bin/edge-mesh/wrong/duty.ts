import { shop, type Wrong, withOrders } from './wrong.js';

const worker = (members: object) => withOrders({ calls: {} }, { nightly: { image: 'acme/nightly:3', calls: { orders: {} }, ...members } });
const queues = {
  events: { protocol: 'https', host: 'sqs.eu-west-1.amazonaws.com', kind: 'queue' },
  ledger: { protocol: 'tcp', port: 1, kind: 'database' },
};
const at = 'services.nightly.schedule';

/** What a service does without being asked, and what it promises. */
export const wrongDuties: readonly Wrong[] = [
  ...(
    [
      ['no schedule', 5, 'got 5; allowed: a schedule, such as "cron(0 3 * * ? *)" or "rate(6 hours)"'],
      [
        'the five fields of Unix',
        '0 3 * * *',
        'got "0 3 * * *"; allowed: cron(minutes hours day-of-month month day-of-week year) in UTC, such as "cron(0 3 * * ? *)", or "rate(6 hours)"',
      ],
      [
        'five fields in cron()',
        'cron(0 3 * * ?)',
        'got "cron(0 3 * * ?)"; allowed: six fields, one space between two: minutes, hours, day of the month, month, day of the week, year; these are 5',
      ],
      ['an hour that is none', 'cron(0 24 * * ? *)', 'got "cron(0 24 * * ? *)"; allowed: hours: 0–23, with * , - /; got "24"'],
      [
        'a month that is none',
        'cron(0 0 1 JUNE ? *)',
        'got "cron(0 0 1 JUNE ? *)"; allowed: month: 1–12 or JAN–DEC, with * , - /; got "JUNE"',
      ],
      [
        'two days at once',
        'cron(0 3 * * * *)',
        'got "cron(0 3 * * * *)"; allowed: ? for exactly one of day of the month and day of the week: the other one says when',
      ],
      ['a rate in the wrong number', 'rate(1 hours)', 'got "rate(1 hours)"; allowed: rate(1 hour)'],
      ['a rate without an s', 'rate(6 hour)', 'got "rate(6 hour)"; allowed: rate(6 hours)'],
      ['a rate of nothing', 'rate(0 minutes)', 'got "rate(0 minutes)"; allowed: at least 1'],
    ] as const
  ).map(([title, schedule, says]): Wrong => ({ title, spec: worker({ schedule }), says: [`${at}: ${says}`] })),
  {
    title: 'a schedule of what is there all the time',
    spec: worker({
      schedule: 'rate(1 hour)',
      listen: { protocol: 'http', port: 8080 },
      scale: { min: 1, max: 2 },
      versions: { v1: {}, v2: {} },
      traffic: { v1: 100 },
    }),
    says: [
      'services.nightly.listen: nightly runs by `schedule`, and whoever listens must be there all the time; remove this, or `schedule`',
      'services.nightly.scale: nightly runs by `schedule`, and it starts one task at a time; remove this, or `schedule`',
      'services.nightly.versions: nightly runs by `schedule`, and it starts one task, of one version; remove this, or `schedule`',
    ],
  },
  {
    title: 'a size for a schedule in an environment',
    spec: { ...worker({ schedule: 'rate(1 hour)' }), environments: { prod: { services: { nightly: { scale: { min: 1, max: 2 } } } } } },
    says: ['environments.prod.services.nightly.scale: runs by `schedule`, which starts one task at a time; remove this'],
  },
  {
    title: 'queues that are none',
    spec: { ...withOrders({ consumes: ['evnts', 'ledger', 'events', 'events', 7] }), external: queues },
    says: [
      'services.orders.consumes[0]: "evnts" is not an external of kind "queue"; did you mean "events"?',
      'services.orders.consumes[1]: ledger is of kind "database"; allowed: externals of kind "queue"',
      'services.orders.consumes[3]: says "events" twice; keep one of them',
      'services.orders.consumes[4]: got 7; allowed: the name of an external of kind "queue"',
    ],
  },
  {
    title: 'one queue, not in a list',
    spec: { ...withOrders({ consumes: 'events' }), external: queues },
    says: ['services.orders.consumes: got "events"; allowed: a list of externals of kind "queue", such as ["events"]'],
  },
  {
    title: 'a promise that cannot be',
    spec: withOrders({ objective: { availability: 100, latency: { p99: 1_500, p50: '1s' } } }),
    says: [
      'services.orders.objective.availability: got 100; allowed: a percentage above 0 and below 100, such as 99.9',
      'services.orders.objective.latency.p50: is not a known field; allowed: p99',
      'services.orders.objective.latency.p99: got 1500; allowed: a duration in whole milliseconds from 1ms to 24h, such as "250ms", "2s", "1.5m" or "1h"',
    ],
  },
  {
    title: 'a promise that has nobody to hear it',
    spec: shop({ services: { nightly: { image: 'acme/nightly:3', objective: { availability: 99 } } } }),
    says: ['services.nightly.objective: nightly has no `listen`, so nothing can ask it; add `listen`, or remove this'],
  },
];
