import { parseCidr, sameRange } from '../cidr.js';
import { grammar } from '../name.js';
import { member, notAmong, show } from '../problem.js';
import { hasRequests } from '../protocol.js';
import { at, entries, isPlain, items, type Walk } from './walk.js';

/** Who may ask in plaintext, until when, and what that leaves no room for. */
export function checkMtls(walk: Walk, spec: unknown): void {
  const mtls = at(at(spec, 'mesh'), 'mtls');
  if (mtls === 'off') refusePerCaller(walk, spec);
  const permissive = at(mtls, 'permissive');
  if (!isPlain(permissive)) return;
  const place = 'mesh.mtls.permissive';
  const until = at(permissive, 'until');
  if (typeof until === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(until) && !isDay(until))
    walk.add(`${place}.until`, `got ${show(until)}, which is no day of the calendar; allowed: the last day, such as "2027-03-31"`);
  const clients = at(permissive, 'clients');
  if (isPlain(clients) && entries(clients).length === 0)
    walk.add(`${place}.clients`, 'is empty, so nobody asks in plaintext; name a client, or say mtls: "strict"');
  const taken: Taken[] = [];
  for (const [name, client] of entries(clients)) {
    const path = member(`${place}.clients`, name);
    if (!grammar.service.pattern.test(name)) walk.add(path, `${show(name)} cannot name a client; allowed: ${grammar.service.says}`);
    for (const [place, service] of strings(at(client, 'to'), member(path, 'to'))) checkService(walk, spec, service, place);
    for (const [place, range] of strings(at(client, 'from'), member(path, 'from')))
      checkRange(walk, { name, range, path: place }, client, taken);
  }
}

interface Taken {
  readonly name: string;
  readonly range: string;
  readonly to: readonly string[];
}

function checkRange(
  walk: Walk,
  { name, range, path }: { name: string; range: string; path: string },
  client: unknown,
  taken: Taken[],
): void {
  const cidr = parseCidr(range);
  if (typeof cidr === 'string') return walk.add(path, `got ${show(range)}; ${cidr}`);
  const to = strings(at(client, 'to'), path).map(([, service]) => service);
  const other = taken.find((each) => sameRange(parseCidr(each.range) as never, cidr) && each.to.some((service) => to.includes(service)));
  if (other !== undefined)
    walk.add(path, `${range} is ${other.name}'s as well as ${name}'s, and nothing else tells them apart; make them one client`);
  taken.push({ name, range, to });
}

function checkService(walk: Walk, spec: unknown, name: string, path: string): void {
  const services = entries(at(spec, 'services'));
  const service = services.find(([each]) => each === name)?.[1];
  const listening = services.filter(([, each]) => at(each, 'listen') !== undefined).map(([each]) => each);
  if (service === undefined) return walk.add(path, notAmong(name, 'a service', listening));
  const listen = at(service, 'listen');
  if (listen === undefined)
    return walk.add(path, `${name} has no \`listen\`, so nothing can ask it; remove it here, or add \`listen\` to it`);
  if (!hasRequests(at(listen, 'protocol')))
    walk.add(
      path,
      `${name} speaks tcp: plaintext is told from TLS by what the client says first, and a server that speaks first would answer anyone`,
    );
}

/** What counts by caller needs callers who prove who they are. */
function refusePerCaller(walk: Walk, spec: unknown): void {
  for (const [name, service] of entries(at(spec, 'services'))) {
    const path = member('services', name);
    for (const [place, limited] of [[path, service] as const, ...items(at(service, 'routes'), member(path, 'routes'))])
      for (const field of ['rateLimit', 'globalRateLimit'])
        if (at(at(limited, field), 'per') === 'caller')
          walk.add(`${place}.${field}.per`, 'a caller is known by its certificate, and mesh.mtls is "off"; remove one of them');
  }
}

const strings = (list: unknown, path: string): [path: string, text: string][] =>
  items(list, path).filter((each): each is [string, string] => typeof each[1] === 'string');

/** Of the calendar, without asking a clock. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}
