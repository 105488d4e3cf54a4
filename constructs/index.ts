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
export { Ingress, type IngressProps } from './ingress.js';
export { Microservice, type MicroserviceProps, type RunningVersion } from './microservice.js';
export { MicroserviceApp, type MicroserviceAppProps } from './microservice-app.js';
export { type MeshPlace, ServiceMesh, type ServiceMeshProps } from './service-mesh.js';
