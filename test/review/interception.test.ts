import { parseArchitecture, resolve } from '../../lib/index.js';
import { directionOf } from '../../lib/review/direction.js';
import { interceptedInWords, interceptionAspects, interceptionSection } from '../../lib/review/interception.js';

const intercepted = (...all: readonly (object | true | undefined)[]) =>
  resolve(
    parseArchitecture({
      name: 'intercepted',
      services: Object.fromEntries(all.map((interception, index) => [`s${index}`, { ...(interception && { interception }) }])),
    }),
  );
const aspects = (interception?: object | true) => interceptionAspects(intercepted(interception).services[0]!);
const metadata = '169.254.170.2, 169.254.169.254';

test('what goes through a sidecar, and what past it, is said in words', () => {
  expect(aspects({ bypassPorts: [2049, 25], bypassAddresses: ['10.0.9.0/24'] })).toEqual({
    interception: 'what its app sends elsewhere by TCP goes through its sidecar, which refuses what no call is declared for',
    'past its sidecar': `${metadata}, 10.0.9.0/24, port 25, port 2049`,
  });
  expect(interceptionSection(intercepted(true, undefined))).toBe(
    [
      '## Interception',
      'What these apps send elsewhere by TCP goes through their sidecars, whatever address it is for; what no call is declared for is refused. UDP goes as before.',
      '| service | asked past its sidecar |\n| --- | --- |\n| s0 | `169.254.170.2`, `169.254.169.254` |',
    ].join('\n\n'),
  );
});

test('what egress is worth is said of those who are intercepted, and of no others', () => {
  expect(interceptedInWords(intercepted(true, undefined, true))).toBe(
    ' Where the app is intercepted (s0 and s2), its TCP to anything else is refused, unless it can become the user of its sidecar.',
  );
  expect(interceptedInWords(intercepted(...Array.from({ length: 21 }, () => true as const)))).toContain('(s0, s1, s10 and 18 more)');
});

test('what is not declared is not said', () => {
  expect(aspects()).toEqual({});
  expect([interceptedInWords(intercepted(undefined)), interceptionSection(intercepted(undefined))]).toEqual(['', undefined]);
});

test('interception is stronger, what goes past it weaker', () => {
  const direction = (aspect: string, was: string | undefined, is: string | undefined) => directionOf('services', aspect, was, is);
  const past = (was: string | undefined, is: string | undefined) => direction('past its sidecar', was, is);
  expect([direction('interception', undefined, 'on'), direction('interception', 'on', undefined)]).toEqual(['stronger', 'weaker']);
  expect([past(metadata, `${metadata}, port 25`), past(`${metadata}, port 25`, metadata), past(undefined, metadata)]).toEqual([
    'weaker',
    'stronger',
    'neutral',
  ]);
});
