import { parseArgs } from 'node:util';
import { Judge } from './any/judge.js';
import { assertAccepted, changed, valid } from './any/property.js';

/** `npm run test:property -- --runs 1000 [--seed 42]`: more cases than the tests have time for, others each time. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '1000' }, seed: { type: 'string' } } });
  const plan = { runs: Number(values.runs), seed: Number(values.seed ?? Math.floor(Math.random() * 2 ** 31)) };
  const judge = await Judge.appoint();
  try {
    for (const [name, cases] of Object.entries({ valid, changed })) {
      const began = performance.now();
      process.stdout.write(`${plan.runs} ${name} declarations, seed ${plan.seed}: `);
      const { accepted, refused } = assertAccepted(judge, cases, plan);
      const seconds = ((performance.now() - began) / 1000).toFixed(0);
      process.stdout.write(`${accepted} compiled and were taken by Envoy, ${refused} were refused with their problems; ${seconds} s\n`);
    }
  } finally {
    judge.dismiss();
  }
}

main().catch((error: unknown) => {
  console.error(
    `\n${error instanceof Error ? `${error.message}\n${error.cause instanceof Error ? error.cause.message : ''}` : String(error)}`,
  );
  process.exitCode = 1;
});
