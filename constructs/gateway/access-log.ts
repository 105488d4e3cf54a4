/** What both kinds of gateway know of a request, by the name it has in the log. */
const common = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  protocol: '$context.protocol',
  status: '$context.status',
  sourceIp: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  responseLength: '$context.responseLength',
  responseLatency: '$context.responseLatency',
  integrationLatency: '$context.integrationLatency',
  integrationStatus: '$context.integrationStatus',
  error: '$context.error.message',
};

const line = (fields: Record<string, string>): string => JSON.stringify({ ...common, ...fields });

/** One line of JSON a request. No header and no query string but the client's own name: tokens and secrets travel in those. */
export const accessLogLine = {
  rest: line({
    route: '$context.resourcePath',
    principal: '$context.authorizer.principalId',
    authorizerStatus: '$context.authorizer.status',
    integrationError: '$context.integration.error',
    trace: '$context.xrayTraceId',
  }),
  http: line({
    route: '$context.routeKey',
    principal: '$context.authorizer.claims.sub',
    authorizerError: '$context.authorizer.error',
    integrationError: '$context.integrationErrorMessage',
  }),
};
