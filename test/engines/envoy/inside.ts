import type { Json, JsonObject } from '../../../lib/engines/envoy/json.js';

/** Every value under the key, at any depth, in order. */
export function inside(value: Json | undefined, key: string): Json[] {
  if (Array.isArray(value)) return value.flatMap((each: Json) => inside(each, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([name, inner]) => [...(name === key ? [inner] : []), ...inside(inner, key)]);
}

/** The listeners, or the clusters, by name. */
export const named = (bootstrap: JsonObject, kind: 'listeners' | 'clusters'): Record<string, JsonObject> => {
  const resources = bootstrap['static_resources'] as JsonObject;
  return Object.fromEntries((resources[kind] as JsonObject[]).map((each) => [each['name'], each]));
};
