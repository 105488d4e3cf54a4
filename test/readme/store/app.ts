import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MeshEngine, MicroserviceApp } from 'cdk-edge-mesh/constructs';
import architecture from './architecture.js';

const stack = new Stack(new App(), 'Store');
const identity = (name: string) => Secret.fromSecretNameV2(stack, `Identity-${name}`, `store/mesh/${name}`);

new MicroserviceApp(stack, 'Store', {
  architecture,
  engine: MeshEngine.envoy(),
  certificates: {
    services: { orders: identity('orders'), pricing: identity('pricing') },
    gateways: { web: identity('web') },
  },
});
