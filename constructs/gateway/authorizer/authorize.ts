import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwksValidationError, JwtBaseError } from 'aws-jwt-verify/error';
import type { Jwks } from 'aws-jwt-verify/jwk';
import type { JwtPayload } from 'aws-jwt-verify/jwt-model';
import type { APIGatewayAuthorizerResult, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import type { AuthorizerSettings } from './settings.js';

export type Authorize = (event: APIGatewayRequestAuthorizerEvent) => Promise<APIGatewayAuthorizerResult>;

/**
 * Decides for the one route that is asked for. API Gateway keeps the answer for the token together with method and route (see `authorizers.ts`):
 * a policy for several routes could not tell `/orders/{id}` from `/orders/{id}/refund`, because its `*` takes slashes as well.
 *
 * @param keys instead of fetching them
 */
export function authorizeWith({ issuer, audience, jwks, scopes }: AuthorizerSettings, keys?: Jwks): Authorize {
  const newVerifier = () => JwtVerifier.create({ issuer, audience: [...audience], jwksUri: jwks });
  let verifier = newVerifier();
  if (keys !== undefined) verifier.cacheJwks(keys);
  let since = Date.now();
  return async (event) => {
    const token = bearerOf(event);
    if (Date.now() - since > keysHold) {
      since = Date.now();
      verifier = await renewed(newVerifier(), verifier);
    }
    const payload = await verified(() => verifier.verify(token));
    const needed = scopes[`${event.httpMethod} ${event.resource}`] ?? scopes[`ANY ${event.resource}`] ?? [];
    const allowed = needed.length === 0 || needed.some((scope) => scopesOf(payload).includes(scope));
    return {
      principalId: principalOf(payload),
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: allowed ? 'Allow' : 'Deny', Resource: routeArn(event) }],
      },
    };
  };
}

/** How long keys are trusted without asking for them again: what an issuer withdraws opens nothing an hour later. In ms. */
const keysHold = 3_600_000;

interface Renewable {
  hydrate(): Promise<void>;
}

/** The next verifier once it has its keys. While they cannot be had the last one goes on: an issuer that is down shuts nobody out who has a token. */
const renewed = async <V extends Renewable>(next: V, last: V): Promise<V> => {
  try {
    await next.hydrate();
    return next;
  } catch (error) {
    console.warn(JSON.stringify({ keysNotRenewed: String(error) }));
    return last;
  }
};

/** API Gateway answers 401 to this message exactly, and keeps no such answer. The log has the reason, and never the token. */
function unauthorized(reason: string): Error {
  console.info(JSON.stringify({ refused: reason }));
  return new Error('Unauthorized');
}

/** A bad token is the client's fault, 401; keys that cannot be had are not, and become API Gateway's 500. */
async function verified(verify: () => Promise<JwtPayload>): Promise<JwtPayload> {
  const payload = await verify().catch((error: unknown) => {
    if (error instanceof FetchError || error instanceof JwksValidationError || !(error instanceof JwtBaseError)) throw error;
    throw unauthorized(error.constructor.name);
  });
  if (payload.exp === undefined) throw unauthorized('NoEnd'); // a token for ever
  return payload;
}

function bearerOf({ headers }: APIGatewayRequestAuthorizerEvent): string {
  const [, value] = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  const [, token] = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/i.exec(value ?? '') ?? [];
  if (token === undefined) throw unauthorized('NoBearerToken');
  return token;
}

/** Separated by spaces, or a list; issuers call it `scope` or `scp`. */
const scopesOf = ({ scope, scp }: JwtPayload & { readonly scp?: unknown }): string[] =>
  [scope, scp].flatMap((scopes: unknown) =>
    typeof scopes === 'string' ? scopes.split(' ') : Array.isArray(scopes) ? scopes.map(String) : [],
  );

/** It becomes a header: `-` where there is none, and nothing that a header cannot hold. */
function principalOf({ sub }: JwtPayload): string {
  if (sub === undefined) return '-';
  if (!/^[\x21-\x7e]{1,256}$/.test(sub)) throw unauthorized('SubjectIsNoHeader');
  return sub;
}

/** `…:api/prod/GET/orders/7` of the route `/orders/{id}` → `…:api/prod/GET/orders/*`, because the answer is kept for the next order too. */
function routeArn({ methodArn, resource, httpMethod }: APIGatewayRequestAuthorizerEvent): string {
  const [api, stage] = methodArn.split('/');
  return `${api}/${stage}/${httpMethod}${resource.replace(/\{[^}]+\}/g, '*')}`;
}
