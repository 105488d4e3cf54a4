import { interceptedOf } from '../model/intercepted.js';
import type { Check } from './check.js';

/**
 * Where a service is intercepted, its sidecar can tell its calls apart: by the host that requests name, by the name in TLS, or by a port of their own.
 *
 * Otherwise what is meant for one callee is carried to another that is declared too. On 127.0.0.1 each call keeps a port of its own.
 */
export const interceptedCallsDiffer: Check = {
  id: 'intercepted-calls-differ',
  severity: 'error',
  why: 'what the app means for one is carried to the other, by its rules and under its policy',
  *find(architecture) {
    for (const service of architecture.services) {
      if (service.interception === undefined) continue;
      const asked = interceptedOf(architecture, service);
      for (const { callee, path, port, told, takenFor } of asked) {
        const other = asked.find((each) => each.callee === takenFor && each.takenFor === undefined);
        if (other === undefined) continue;
        const alike = told === 'port' || other.told === 'port' ? `TCP is told by its port alone` : `they have one host`;
        yield {
          at: path,
          is: `${service.name} asks ${callee} and ${other.callee} at port ${port}, and ${alike}: an intercepted connection goes to ${other.callee}`,
          fix: `give one of them a port of its own, or let ${service.name} ask ${callee} on 127.0.0.1 by its variables and accept this`,
        };
      }
    }
  },
};
