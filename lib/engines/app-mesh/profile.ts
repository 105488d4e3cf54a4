import type { Policy } from '../../model/architecture/index.js';
import { profilePath } from '../../model/architecture/policy.js';

/** Whether these retries are App Mesh's hidden ones, which it makes for every method. Left out where the architecture asks for App Mesh's own defaults by name. */
export const areUsualRetries = ({ from }: Policy): boolean => from.retries === profilePath;
