import { defineScenario } from 'cdk-edge-mesh';

/** An evening on which everything comes together: `edge-mesh rehearse bin/shop/architecture.ts bin/shop/evening.ts`. */
export default defineScenario({
  name: 'evening',
  about: 'a new version of pricing takes over while an instance of the old one dies and all certificates rotate',
  duration: '20s',
  load: {
    'GET /products/{id}': { rate: 40, parameters: { id: 'tea-7' } },
    'GET /orders/{id}': { rate: 10 },
    'POST /orders': { rate: 2, json: { sku: 'tea-7' } },
  },
  instances: { pricing: 2 },
  events: [
    { at: '4s', shift: 'pricing', to: { v1: 50, v2: 50 } },
    { at: '8s', kill: 'pricing-v1#2' },
    { at: '12s', rotate: 'certificates' },
    { at: '16s', shift: 'pricing', to: { v2: 100 } },
  ],
  expect: {
    // The policy `quick` does not try again what broke under way: what the killed instance had in hand is lost.
    'GET /products/{id}': { failed: 2, recoveredAfter: '10s', triesEach: 1.1 },
    'GET /orders/{id}': { failed: 1, recoveredAfter: '10s' },
    'POST /orders': { recoveredAfter: '10s' },
  },
});
