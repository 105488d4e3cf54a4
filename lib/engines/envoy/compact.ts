import type { Bootstrap, Json, JsonObject } from './json.js';

/**
 * A configuration as it is deployed: one line of YAML in which what repeats stands once (`&a1`) and is named where it stands again (`*a1`). Listeners and
 * clusters of a sidecar differ in little more than names, and a task definition has room for 48 KiB. Envoy reads the same from it as from JSON.
 *
 * @param scalar writes what is no plain word @default as JSON, which YAML takes too
 */
export function compact(bootstrap: Bootstrap, scalar: (value: string | number) => string = JSON.stringify): string {
  const repeated = repeatedIn(bootstrap);
  const anchors = new Map<string, string>();

  const node = (value: Json): string => {
    const key = JSON.stringify(value);
    if (!repeated.has(key)) return content(value);
    const known = anchors.get(key);
    if (known !== undefined) return `*${known}`;
    const anchor = `a${anchors.size + 1}`;
    anchors.set(key, anchor);
    return `&${anchor} ${content(value)}`;
  };

  const content = (value: Json): string => {
    if (isList(value)) return `[${value.map(node).join(',')}]`;
    if (isObject(value)) return `{${Object.entries(value).map(([key, each]) => `${leaf(key)}: ${node(each)}`)}}`;
    return leaf(value);
  };

  const leaf = (value: Json): string => {
    if (typeof value === 'number') return scalar(value);
    if (typeof value !== 'string') return String(value);
    return isWord(value) ? value : scalar(value);
  };

  return node(bootstrap);
}

/** Shorter than this, a name for it saves nothing. */
const worthNaming = 12;

/** The JSON of each part that stands in more than one place; a part of such a part counts once for all its places. */
function repeatedIn(root: Json): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const visit = (value: Json): void => {
    const key = JSON.stringify(value);
    if (key.length >= worthNaming) {
      if (seen.has(key)) {
        repeated.add(key);
        return;
      }
      seen.add(key);
    }
    if (isList(value)) value.forEach(visit);
    else if (isObject(value)) Object.values(value).forEach(visit);
  };
  visit(root);
  return repeated;
}

/** What no reader of YAML, of whatever version, takes for something else: a number, a truth, a marker. */
const isWord = (text: string): boolean =>
  /^[A-Za-z][A-Za-z0-9_./-]*$/.test(text) && !/^(?:y|n|yes|no|on|off|true|false|null|nan|inf)$/i.test(text);

const isList = (value: Json): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null;
