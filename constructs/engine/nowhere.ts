import { Service as Discovery, DnsRecordType, type IPrivateDnsNamespace } from 'aws-cdk-lib/aws-servicediscovery';
import { Construct } from 'constructs';

/**
 * A name that resolves and leads nowhere: of a service whose versions have instances and names of their own. An intercepted app asks it by that name, and its
 * sidecar decides where to. Any address will do but loopback, which is never intercepted.
 */
export function nameNowhere(scope: Construct, namespace: IPrivateDnsNamespace, label: string): void {
  const name = new Construct(scope, `Name-${label}`);
  const discovery = new Discovery(name, 'Discovery', { namespace, name: label, dnsRecordType: DnsRecordType.A });
  discovery.registerIpInstance('Nowhere', { ipv4: '192.0.2.1' }); // reserved for documentation: never routed
}
