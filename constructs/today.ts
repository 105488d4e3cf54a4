import type { Construct } from 'constructs';

const context = 'cdk-edge-mesh:today';

/**
 * The day of the synthesis, as `2027-03-31`. For findings alone: nothing in a template follows from it.
 * `cdk synth --context cdk-edge-mesh:today=2027-03-31` says another, so that an old build can be repeated.
 *
 * @throws where the context says something else than a day
 */
export function todayIn({ node }: Construct): string {
  const given: unknown = node.tryGetContext(context);
  if (given === undefined) return new Date().toISOString().slice(0, 10);
  if (typeof given === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(given)) return given;
  throw new Error(`context ${context}: got ${JSON.stringify(given)}; allowed: a day, such as 2027-03-31`);
}
