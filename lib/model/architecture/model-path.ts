/** Where in the declaration: `services.orders.calls.pricing.timeout`, `gateways.web.routes["GET /a"].auth`; `default` for a value nobody wrote. */
export type ModelPath = string;
