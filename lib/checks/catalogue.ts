import { acknowledgementsAreUsed } from './acknowledgements-are-used.js';
import { addressListsHold } from './address-lists-hold.js';
import { affinityStaysWithOneVersion } from './affinity-stays-with-one-version.js';
import { callsAreAcyclic } from './calls-are-acyclic.js';
import type { Check } from './check.js';
import { environmentsKeepCapacities } from './environments-keep-capacities.js';
import { failoverIsAdmitted } from './failover-is-admitted.js';
import { failoverIsCarried } from './failover-is-carried.js';
import { faultsStayOutOfProduction } from './faults-stay-out-of-production.js';
import { gatewayHasWhatRoutesNeed } from './gateway-has-what-routes-need.js';
import { gatewayTimeoutFits } from './gateway-timeout-fits.js';
import { globalLimitsCanBeReached } from './global-limits-can-be-reached.js';
import { globalLimitsKeepObjectives } from './global-limits-keep-objectives.js';
import { idleIsShorterThanTimeout } from './idle-is-shorter-than-timeout.js';
import { instancesFitDiscovery } from './instances-fit-discovery.js';
import { interceptedCallsDiffer } from './intercepted-calls-differ.js';
import { mirrorsAreIdempotent } from './mirrors-are-idempotent.js';
import { mtlsIsStrict } from './mtls-is-strict.js';
import { objectivesAreReachable } from './objectives-are-reachable.js';
import { perTryNeedsTimeoutEvent } from './per-try-needs-timeout-event.js';
import { plaintextHasNotExpired } from './plaintext-has-not-expired.js';
import { redirectsLeadElsewhere } from './redirects-lead-elsewhere.js';
import { retriesAreBounded } from './retries-are-bounded.js';
import { retriesAreIdempotent } from './retries-are-idempotent.js';
import { retriesHaveAnotherInstance } from './retries-have-another-instance.js';
import { retryEventsCanHappen } from './retry-events-can-happen.js';
import { rewrittenPathsAreAdmitted } from './rewritten-paths-are-admitted.js';
import { routesHaveAuth } from './routes-have-auth.js';
import { rulesAreReachable } from './rules-are-reachable.js';
import { servicesAreReached } from './services-are-reached.js';
import { timeoutCoversRetries } from './timeout-covers-retries.js';
import { timeoutsShrinkInwards } from './timeouts-shrink-inwards.js';
import { tokensArrive } from './tokens-arrive.js';
import { weightsAddUp } from './weights-add-up.js';
import { zonesAreKnown } from './zones-are-known.js';
import { zonesHaveInstances } from './zones-have-instances.js';

const acknowledgeable: readonly Check[] = [
  addressListsHold,
  affinityStaysWithOneVersion,
  callsAreAcyclic,
  environmentsKeepCapacities,
  failoverIsAdmitted,
  failoverIsCarried,
  faultsStayOutOfProduction,
  gatewayHasWhatRoutesNeed,
  gatewayTimeoutFits,
  globalLimitsCanBeReached,
  globalLimitsKeepObjectives,
  idleIsShorterThanTimeout,
  instancesFitDiscovery,
  interceptedCallsDiffer,
  mirrorsAreIdempotent,
  mtlsIsStrict,
  objectivesAreReachable,
  perTryNeedsTimeoutEvent,
  plaintextHasNotExpired,
  redirectsLeadElsewhere,
  retriesAreBounded,
  retriesAreIdempotent,
  retriesHaveAnotherInstance,
  retryEventsCanHappen,
  rewrittenPathsAreAdmitted,
  routesHaveAuth,
  rulesAreReachable,
  servicesAreReached,
  timeoutCoversRetries,
  timeoutsShrinkInwards,
  tokensArrive,
  weightsAddUp,
  zonesAreKnown,
  zonesHaveInstances,
];

/** Every check there is. The last one looks at what the others found. */
export const catalogue: readonly Check[] = [...acknowledgeable, acknowledgementsAreUsed(acknowledgeable.map(({ id }) => id))];
