import type { PathPattern } from '../path.js';

/** What happens to the requests of a rule besides their way: in the sidecar of whoever calls, and for gateways at the ingress. */
export interface Action {
  /** A version that gets a copy of so many percent of the requests; its answers are dropped. */
  readonly mirror: { readonly version: string; readonly percent: number } | undefined;
  /** What the service sees instead: the path with the match's parameters, and Host. */
  readonly rewrite: { readonly path: PathPattern | undefined; readonly host: string | undefined } | undefined;
  /** The answer, without the service: such a rule goes `to` nobody. */
  readonly answer: Answer | undefined;
  readonly headers: { readonly request: HeaderChanges; readonly response: HeaderChanges };
}

export type Answer =
  /** Without a host, to the one that was asked; with one, over https. */
  | { readonly is: 'redirect'; readonly status: number; readonly host: string | undefined; readonly path: PathPattern | undefined }
  | { readonly is: 'respond'; readonly status: number; readonly body: string | undefined };

/** Names in lower case, sorted. */
export interface HeaderChanges {
  readonly set: readonly { readonly name: string; readonly value: string }[];
  readonly remove: readonly string[];
}

const nothing: HeaderChanges = { set: [], remove: [] };

/** The request goes as it is, and so does the answer. */
export const noAction: Action = {
  mirror: undefined,
  rewrite: undefined,
  answer: undefined,
  headers: { request: nothing, response: nothing },
};
