import { type Duration, Token } from 'aws-cdk-lib';
import type { SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import type { Gateway, Problem } from '../../lib/index.js';
import { member, notAmong, wrong } from '../../lib/model/problem.js';
import type { GatewayProps } from './gateway-props.js';

/** What a REST API takes, and an HTTP API does not. */
export interface RestSettings {
  /** The first segment of the API's own address: letters, digits, hyphens and underscores. @default the architecture's environment */
  readonly stageName?: string | undefined;
  /**
   * Whether to set the role by which API Gateway writes logs, of which an account has one in each Region. Without it a stage with access logs fails to
   * deploy where nobody has set one yet: "CloudWatch Logs role ARN must be set in account settings". Set at most once a stack; removing the stack removes it.
   * @default false
   */
  readonly accountLogRole?: boolean | undefined;
  /** How long an authorizer's answer is kept: at most 5 minutes. A token may be good for as long after its end. @default 1 minute */
  readonly authorizerTtl?: Duration | undefined;
  /** Content types that routes into the mesh take, as text; 415 for others. @default JSON, forms, XML and plain text */
  readonly contentTypes?: readonly string[] | undefined;
  /** What clients may speak. @default TLS 1.2 and 1.3 with strong ciphers */
  readonly securityPolicy?: SecurityPolicy | undefined;
  /** Whether requests are traced by X-Ray. @default false */
  readonly tracing?: boolean | undefined;
}

/** What an HTTP API takes too. */
type Common = Omit<GatewayProps, 'architecture' | 'gateway' | 'frontDoor'>;
const common: Record<keyof Common, true> = { accessLogs: true, logRetention: true };

/** What the deployment knows of a gateway. One of kind `http` takes `accessLogs` and `logRetention` alone. */
export type GatewaySettings = Common & RestSettings;

/** What a REST API would refuse when it is deployed, or every request. */
export function restProblems({ gateway, stageName, contentTypes }: GatewayProps & RestSettings): Problem[] {
  const path = member('gateways', gateway);
  const stage = stageName === undefined || Token.isUnresolved(stageName) || /^[A-Za-z0-9_-]{1,128}$/.test(stageName);
  return [
    ...(stage
      ? []
      : [{ path: member(path, 'stageName'), message: wrong(stageName, 'letters, digits, hyphens and underscores, 1 to 128') }]),
    ...(contentTypes?.length === 0
      ? [{ path: member(path, 'contentTypes'), message: 'is empty, so that every request gets 415; allowed: one at least' }]
      : []),
  ];
}

/** Settings of gateways that there are not, and those of a REST API for an HTTP API. */
export function settingsProblems(gateways: readonly Gateway[], settings: Readonly<Record<string, GatewaySettings | undefined>>): Problem[] {
  return Object.entries(settings).flatMap(([name, of]): Problem[] => {
    const path = member('gateways', name);
    const gateway = gateways.find((one) => one.name === name);
    const names = gateways.map((one) => one.name);
    if (gateway === undefined) return [{ path, message: notAmong(name, 'a gateway', names) }];
    if (gateway.kind === 'rest') return [];
    const lacking = Object.entries(of ?? {}).filter(([key, value]) => value !== undefined && !(key in common));
    return lacking.map(([key]) => ({
      path: member(path, key),
      message: `an HTTP API has no such setting; allowed: ${Object.keys(common).join(', ')}`,
    }));
  });
}
