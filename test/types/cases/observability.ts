import { defineArchitecture } from 'cdk-edge-mesh';

const name = 'observed';
const services = { orders: { image: 'orders' } };
const external = { agent: { host: 'agent.example', protocol: 'http' } } as const;

export const fine = [
  defineArchitecture({ name, services, external, observability: { traces: { to: 'agent' } } }),
  defineArchitecture({ name, services, external, observability: { traces: { as: 'datadog', to: 'agent' } } }),
  defineArchitecture({ name, services, observability: { traces: { as: 'x-ray', sample: 1 } } }),
];
export const wrong = [
  defineArchitecture({ name, services, external, observability: { traces: { as: 'x-ray', to: 'agent' } } }), //! Type 'string' is not assignable to type 'undefined'
  defineArchitecture({ name, services, external, observability: { traces: { as: 'datadog' } } }), //! Property 'to' is missing in type
];
