import type { Rule, Service } from '../../model/architecture/index.js';
import { http2Limits } from './http.js';
import type { JsonObject } from './json.js';

/** HTTP/2 between two sidecars. A WebSocket travels there as an extended CONNECT (RFC 8441), which either side refuses unless it was told to allow it. */
export const http2Between = ({ rules }: Service): JsonObject =>
  rules.some(({ upgrade }) => upgrade !== undefined) ? { ...http2Limits, allow_connect: true } : http2Limits;

/** Lets the requests of one route become a WebSocket, and no other's. */
export const upgrades = ({ upgrade }: Rule): JsonObject =>
  upgrade === undefined ? {} : { upgrade_configs: [{ upgrade_type: upgrade, enabled: true }] };
