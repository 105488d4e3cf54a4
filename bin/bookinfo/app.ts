import { App, Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { MeshEngine, MicroserviceApp } from 'cdk-edge-mesh/constructs';
import architecture from './architecture.js';

const app = new App();
const stack = new Stack(app, 'Bookinfo');
/** Made outside of CDK, where the mesh's certificates are issued: JSON with `certificate`, `privateKey` and `trust`. */
const identity = (name: string) => Secret.fromSecretNameV2(stack, `Identity-${name}`, `bookinfo/mesh/${name}`);

/** To compare: what App Mesh cannot carry is accepted, because this is never deployed. */
const appMesh = MeshEngine.appMesh({
  accept: {
    'in-service': 'shown beside the envoy engine, never deployed',
    'safe-defaults': 'shown beside the envoy engine, never deployed',
    'retry-unprocessed': 'connection errors and refused streams are still retried',
    'access-log': 'the app logs what it is asked for',
    pool: 'connections and pending requests are limited, which HTTP/1.1 needs most',
  },
});

new MicroserviceApp(stack, 'Bookinfo', {
  architecture,
  // cdk synth --app '… bin/bookinfo/app.ts' --context engine=app-mesh
  engine: app.node.tryGetContext('engine') === 'app-mesh' ? appMesh : MeshEngine.envoy(),
  certificates: {
    services: {
      details: identity('details'),
      productpage: identity('productpage'),
      ratings: identity('ratings'),
      reviews: identity('reviews'),
    },
    gateways: { web: identity('web') },
  },
});
