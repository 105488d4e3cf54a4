import type { Answer, HeaderChanges, Match, Rule } from '../../model/architecture/index.js';
import { isLiteral } from '../../model/path.js';
import { type Json, type JsonObject, optional } from './json.js';
import { pathRewrite } from './rewrite.js';

/** What a rule's route says of the request that it sends on. `versionCluster`: a version and nothing that would take over from it. */
export const sentOn = ({ match, action: { rewrite, mirror } }: Rule, versionCluster: (version: string) => string): JsonObject => ({
  ...optional('host_rewrite_literal', rewrite?.host),
  ...(rewrite?.path === undefined ? {} : pathRewrite(match.path, rewrite.path)),
  ...optional(
    'request_mirror_policies',
    mirror && [
      {
        cluster: versionCluster(mirror.version),
        // The part of a million that two decimals of a percentage need.
        runtime_fraction: { default_value: { numerator: Math.round(mirror.percent * 10_000), denominator: 'MILLION' } },
        disable_shadow_host_suffix_append: true, // the copy is for the same host; Envoy would call it `orders-shadow`
      },
    ],
  ),
});

/** The route of a rule that asks no service. */
export function answered(answer: Answer, match: Match): JsonObject {
  if (answer.is === 'respond')
    return {
      direct_response: {
        status: answer.status,
        ...optional('body', answer.body === undefined ? undefined : { inline_string: answer.body }),
      },
    };
  const { status, host, path } = answer;
  return {
    redirect: {
      response_code: codes[status]!,
      ...(host === undefined ? {} : { host_redirect: host, https_redirect: true }),
      ...(path === undefined ? {} : isLiteral(path) ? { path_redirect: path.text } : pathRewrite(match.path, path)),
    },
  };
}

const codes: Readonly<Record<number, string>> = {
  301: 'MOVED_PERMANENTLY',
  302: 'FOUND',
  303: 'SEE_OTHER',
  307: 'TEMPORARY_REDIRECT',
  308: 'PERMANENT_REDIRECT',
};

/** What a rule's route changes of headers, both ways. */
export const headerChanges = ({ action: { headers } }: Rule): JsonObject => ({
  ...changes('request', headers.request),
  ...changes('response', headers.response),
});

const changes = (way: 'request' | 'response', { set, remove }: HeaderChanges): JsonObject => ({
  ...optional(`${way}_headers_to_add`, set.length === 0 ? undefined : set.map(({ name, value }) => setting(name, value))),
  ...optional(`${way}_headers_to_remove`, remove.length === 0 ? undefined : remove),
});

/** A percent sign starts one of Envoy's own variables unless it is doubled. */
const setting = (key: string, value: string): Json => ({
  header: { key, value: value.replaceAll('%', '%%') },
  append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
});
