import { Annotations } from 'aws-cdk-lib';
import { type IConnectable, type ISecurityGroup, Port } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { InstalledEngine } from './engine/engine.js';

/**
 * Who may read the statistics of a group of proxies over the network: nobody until a scraper is admitted, whatever the architecture says of
 * `observability.metrics`.
 */
export class Metrics {
  private admitted = false;

  /** @param call how a user admits a scraper here, for the note that nobody has */
  constructor(
    private readonly proxies: ISecurityGroup,
    private readonly engine: InstalledEngine,
    scope: Construct,
    call: string,
  ) {
    scope.node.addValidation({
      validate: () => {
        if (this.engine.metricsPort !== undefined && !this.admitted)
          Annotations.of(scope).addInfoV2(
            'cdk-edge-mesh:metrics-are-reached',
            `observability.metrics is 'network', and no security group lets anybody read them here: admit a scraper with ${call}`,
          );
        return [];
      },
    });
  }

  /** @throws where proxies show none on the network */
  allowFrom(scraper: IConnectable): void {
    const { metricsPort } = this.engine;
    if (metricsPort === undefined)
      throw new Error(
        "proxies show no statistics on the network; declare observability: { metrics: 'network' }, with an engine that has them (MeshEngine.envoy())",
      );
    this.admitted = true;
    // From the scraper's side: a rule between two stacks is then in the scraper's, and the mesh's waits for nobody.
    scraper.connections.allowTo(this.proxies, Port.tcp(metricsPort), 'Statistics of proxies');
  }
}
