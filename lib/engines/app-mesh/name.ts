import type { Architecture, HeaderMatch, Match, PathMatch, Service, ValueMatch } from '../../model/architecture/index.js';
import type { Placement } from './placement.js';

/** All names are literal, so that a stack can refer to a mesh that another one deployed. */
export const meshName = ({ name, environment }: Architecture): string => `${name}-${environment}`;

/** What an external's node and router are called; no version is called so, because those have no dot. */
export const externalName = (name: string): string => `external.${name}`;

/** The name that apps ask for: `reviews` for the versions `reviews-v1`, `reviews-v2`. */
export function hostLabel({ name, versions }: Service): string {
  const [first] = versions;
  if (first === undefined) return name;
  return first.name === undefined ? first.id : first.id.slice(0, -first.name.length - 1);
}

/** The virtual service's name, which the app's requests bear as `Host` and which must resolve in the caller. */
export const hostOf = (service: Service, { namespace }: Placement): string => `${hostLabel(service)}.${namespace}`;

/** `get-orders-id`, `end-user-is-jason`; `default` for what takes everything. At most 200 characters. */
export function matchName({ path, headers, query }: Match, method: string | undefined): string {
  const parts = [method, path && pathName(path), ...[...headers, ...query].map(conditionName)].filter((part) => part !== undefined);
  const words = slug(parts.join('-'));
  if (words !== '') return words;
  return path === undefined ? 'default' : 'root';
}

/** `GET /orders/{id}` → `get-orders-id`. */
export const slug = (text: string): string =>
  text
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase()
    .slice(0, 200);

const pathName = (path: PathMatch): string => ('bytes' in path ? path.bytes : 'regex' in path ? path.regex : path.text);

const conditionName = ({ name, ...match }: HeaderMatch): string => `${name} ${valueName(match)}`;

function valueName(match: ValueMatch): string {
  if (match.is === 'not') return `not ${valueName(match.of)}`;
  if (match.is === 'range') return `${match.from} to ${match.to}`;
  return 'value' in match ? `${match.is === 'exact' ? 'is' : match.is} ${match.value}` : match.is;
}

/** Gives each name once: `default`, `default-2`; whoever is called `default-2` after that is `default-2-2`. */
export function distinct(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let chosen = name;
    for (let count = 2; taken.has(chosen); count += 1) chosen = `${name}-${count}`;
    taken.add(chosen);
    return chosen;
  };
}
