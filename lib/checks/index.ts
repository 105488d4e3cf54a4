export { catalogue } from './catalogue.js';
export type { Check, Finding, Fix, Found, Severity } from './check.js';
export { renderFinding, renderFindings, renderFix, reportAsJson, verdictOf } from './render.js';
export { check, openFindings, type Report } from './report.js';
