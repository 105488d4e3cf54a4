import * as leaf from '../leaf/tokens.js';
import { member } from '../problem.js';
import { checkKeys } from './access.js';
import { at, isPlain, type Walk } from './walk.js';

/** What tokens a service asks for. */
export function checkTokens(walk: Walk, service: unknown, path: string, authorizers: readonly string[]): void {
  const tokens = at(service, 'tokens');
  if (tokens === undefined) return;
  const place = member(path, 'tokens');
  walk.leaf(leaf.tokens, tokens, place, ['use', 'requests']);
  if (!isPlain(tokens)) return;
  walk.reference(at(tokens, 'use'), member(place, 'use'), 'an authorizer', authorizers);
  const requests = at(tokens, 'requests');
  if (requests !== undefined) checkKeys(walk, requests, member(place, 'requests'), 'a list such as ["GET /orders/{id}"]');
}
