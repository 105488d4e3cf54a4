import type { Architecture, Policy } from '../../model/architecture/index.js';
import { profilePath } from '../../model/architecture/policy.js';

/** What App Mesh does where nothing is stated. Left out where the architecture asks for App Mesh's own defaults by name; stated in any other, for whoever reads. */
const usualTimeout = 15_000;

export const isUsualTimeout = (timeout: number, { compatibility }: Pick<Architecture, 'compatibility'>): boolean =>
  compatibility === 'app-mesh' && timeout === usualTimeout;

/** Whether these retries are App Mesh's hidden ones, which it makes for every method. */
export const areUsualRetries = ({ from }: Policy): boolean => from.retries === profilePath;
