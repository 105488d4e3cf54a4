import { AppMeshEngine, type AppMeshOptions } from './app-mesh.js';
import type { Engine } from './engine.js';
import { EnvoyEngine, type EnvoyOptions } from './envoy.js';

/** What carries the mesh. Made by `MeshEngine.envoy()` or `MeshEngine.appMesh()`; immutable, so one may serve several meshes. */
export type MeshEngine = Engine;

/** The engines there are. */
export const MeshEngine = {
  envoy: (options?: EnvoyOptions): Engine => new EnvoyEngine(options),
  /** AWS ended App Mesh on 2026-09-30: to read, review and leave such a mesh. */
  appMesh: (options?: AppMeshOptions): Engine => new AppMeshEngine(options),
};
