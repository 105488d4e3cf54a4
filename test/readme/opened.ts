import { parseArchitecture } from 'cdk-edge-mesh';
import shop from '../../bin/shop/architecture.js';

/** The shop after a change that a reviewer should stop: anyone may create orders, and a dependency gets less time. */
const { spec } = shop;
const web = spec.gateways!['web']!;
const { catalog } = spec.services!;

export default parseArchitecture({
  ...spec,
  services: { ...spec.services, catalog: { ...catalog, calls: { pricing: { use: 'quick', timeout: '400ms', fanOut: 2 } } } },
  gateways: { web: { ...web, routes: { ...web.routes, 'POST /orders': { to: 'orders', auth: 'public' } } } },
});
