export type { Bind, BindExternals, Certificates, ExternalBinding, ServiceName, VersionName, Workload } from './bind.js';
export type { AppMeshOptions } from './engine/app-mesh.js';
export type { EnvoyOptions } from './engine/envoy.js';
export {
  type IngressProxy,
  type InstalledEngine,
  type MeshCertificates,
  MeshEngine,
  type MeshPlan,
  type Sidecar,
} from './engine/mesh-engine.js';
export { type Entrance, entersMesh, type FrontDoor } from './front-door.js';
export { JwtAuthorizer, type JwtAuthorizerProps } from './gateway/authorizers.js';
export type { GatewayProps } from './gateway/gateway-props.js';
export { HttpGateway, type HttpGatewayProps } from './gateway/http-gateway.js';
export { RestGateway, type RestGatewayProps } from './gateway/rest-gateway.js';
export { Ingress, type IngressProps } from './ingress.js';
export { Microservice, type MicroserviceProps, type RunningVersion } from './microservice.js';
export { MicroserviceApp, type MicroserviceAppProps } from './microservice-app.js';
export { type MeshPlace, ServiceMesh, type ServiceMeshProps } from './service-mesh.js';
