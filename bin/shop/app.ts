import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret as EcsSecret } from 'aws-cdk-lib/aws-ecs';
import { AuroraPostgresEngineVersion, ClusterInstance, DatabaseCluster, DatabaseClusterEngine } from 'aws-cdk-lib/aws-rds';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MeshEngine, MicroserviceApp } from 'cdk-edge-mesh/constructs';
import architecture from './architecture.js';

const stack = new Stack(new App(), 'Shop');
const vpc = new Vpc(stack, 'Vpc');
const db = new DatabaseCluster(stack, 'OrdersDb', {
  engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 }),
  writer: ClusterInstance.serverlessV2('Writer'),
  storageEncrypted: true,
  vpc,
});
/** Made outside of CDK, where the mesh's certificates are issued: JSON with `certificate`, `privateKey` and `trust`. */
const identity = (name: string) => Secret.fromSecretNameV2(stack, `Identity-${name}`, `shop/mesh/${name}`);

const shop = new MicroserviceApp(stack, 'Shop', {
  architecture,
  environment: 'prod',
  engine: MeshEngine.envoy(),
  vpc,
  bind: {
    external: { ordersDb: { host: db.clusterEndpoint.hostname } },
    services: { orders: { secrets: { ORDERS_DB_PASSWORD: EcsSecret.fromSecretsManager(db.secret!, 'password') } } },
  },
  certificates: {
    services: { catalog: identity('catalog'), nightly: identity('nightly'), orders: identity('orders'), pricing: identity('pricing') },
    gateways: { web: identity('web') },
  },
});
db.connections.allowDefaultPortFrom(shop.service('orders'));
