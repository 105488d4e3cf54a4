import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { IdentitySource, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Authorizer, Gateway } from '../../lib/index.js';
import { newLogGroup } from '../log-group.js';
import type { AuthorizerSettings } from './authorizer/settings.js';

export interface JwtAuthorizerProps {
  /** Resolved: whose tokens are good. */
  readonly authorizer: Authorizer;
  /** Its routes say which scopes they need. */
  readonly gateway: Gateway;
  /** How long API Gateway keeps an answer, and so how long after its end, or after a change of scopes, a token may still be good. At most 5 minutes. @default 1 minute */
  readonly resultsCacheTtl?: Duration | undefined;
  /** How long logs are kept. @default one month */
  readonly logRetention?: RetentionDays | undefined;
}

const longestKept = Duration.minutes(5);

/** Verifies the tokens of a REST API, which cannot do so itself: a Lambda function that may write its log and nothing else. */
export class JwtAuthorizer extends Construct {
  readonly function: LambdaFunction;
  readonly role: Role;
  readonly logGroup: LogGroup;
  readonly authorizer: RequestAuthorizer;
  /** What its answers depend on: the API must be deployed again where it changes. */
  readonly settings: AuthorizerSettings;

  /** @throws Error where answers would be kept for too long, or scopes of routes take more room than a function's environment has */
  constructor(
    scope: Construct,
    id: string,
    { authorizer, gateway, resultsCacheTtl = Duration.minutes(1), logRetention }: JwtAuthorizerProps,
  ) {
    super(scope, id);
    if (!resultsCacheTtl.isUnresolved() && resultsCacheTtl.toSeconds() > longestKept.toSeconds())
      throw new Error(
        `an authorizer's answer is kept for ${longestKept.toHumanString()} at most; got ${resultsCacheTtl.toHumanString()}, for which a token would be good after its end`,
      );
    const { issuer, audience, jwks } = authorizer;
    this.settings = { issuer, audience, jwks, scopes: scopesOf(gateway, authorizer) };
    this.logGroup = newLogGroup(this, 'Logs', logRetention);
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.function = new LambdaFunction(this, 'Function', {
      description: `Verifies tokens of ${authorizer.name} for the gateway ${gateway.name}`,
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(bundle()),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.TEXT, // its lines are JSON already
      environment: { AUTHORIZER: asVariable(this.settings, gateway) },
      memorySize: 256,
      timeout: Duration.seconds(10), // fetching keys, with one more try
    });
    this.authorizer = new RequestAuthorizer(this, 'Authorizer', {
      handler: this.function,
      authorizerName: authorizer.name,
      resultsCacheTtl,
      // What API Gateway keeps an answer for: this token, at this method of this route. Another route asks again.
      identitySources: [
        IdentitySource.header('Authorization'),
        IdentitySource.context('httpMethod'),
        IdentitySource.context('resourcePath'),
      ],
    });
  }
}

/** A route without scopes is only listed where an ANY route beside it has some. */
function scopesOf({ routes }: Gateway, { name }: Authorizer): Record<string, readonly string[]> {
  const own = routes.flatMap(({ key, auth, path, method }) =>
    auth.kind === 'authorizer' && auth.name === name ? [{ key, scopes: auth.scopes, path, method }] : [],
  );
  const shadowed = (path: string): boolean =>
    own.some((route) => route.method === undefined && route.scopes.length > 0 && route.path.text === path);
  return Object.fromEntries(own.flatMap(({ key, scopes, path }) => (scopes.length > 0 || shadowed(path.text) ? [[key, scopes]] : [])));
}

/** Lambda takes 4 KB for a function's environment. */
const longest = 4_000;

function asVariable(settings: AuthorizerSettings, { path }: Gateway): string {
  const text = JSON.stringify(settings);
  if (text.length > longest)
    throw new Error(
      `the scopes of ${path} take ${text.length} bytes, and the environment of its authorizer has room for ${longest}; split the gateway`,
    );
  return text;
}

/** The bundle beside the compiled package, or where a checkout builds it. */
function bundle(): string {
  const folders = [join(__dirname, '../../authorizer'), join(__dirname, '../../dist/authorizer')];
  const found = folders.find((folder) => existsSync(join(folder, 'index.js')));
  if (found === undefined) throw new Error('the authorizer is not built; run: npm run build:authorizer');
  return found;
}

/** An HTTP API verifies tokens itself. The construct is made where it is first used. */
export const httpAuthorizer = ({ name, issuer, audience }: Authorizer): HttpJwtAuthorizer =>
  new HttpJwtAuthorizer(name, issuer, { authorizerName: name, jwtAudience: [...audience] });

/** Only the authorizers that a gateway's routes use. */
export const usedBy = ({ routes }: Gateway, authorizers: readonly Authorizer[]): Authorizer[] =>
  authorizers.filter(({ name }) => routes.some(({ auth }) => auth.kind === 'authorizer' && auth.name === name));
