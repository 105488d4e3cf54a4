export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** `GET /orders/{id}`, `ANY /legacy/{path+}`. */
export type RouteKey = `${Method | 'ANY'} /${string}`;
