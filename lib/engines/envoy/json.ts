/** Any JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object: a piece of Envoy's v3 API, with the names of its protobuf fields in snake case. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A whole Envoy configuration, as `envoy --config-path` takes it: static resources only, the same bytes for the same input. */
export type Bootstrap = JsonObject;

/** An extension of Envoy, as its configuration names one. */
export const extension = (name: string, type: string, config: JsonObject = {}): JsonObject => ({ name, typed_config: typed(type, config) });

/** A message that says its own type. */
export const typed = (type: string, config: JsonObject = {}): JsonObject => ({ '@type': `type.googleapis.com/${type}`, ...config });

/** Milliseconds as protobuf writes a duration: 1500 is `1.5s`. */
export const duration = (milliseconds: number): string => `${milliseconds / 1000}s`;

/** The value under the key, or nothing where there is no value. */
export const optional = (key: string, value: Json | undefined): JsonObject => (value === undefined ? {} : { [key]: value });
