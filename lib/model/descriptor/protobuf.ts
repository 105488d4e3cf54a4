type Protobuf = typeof import('@bufbuild/protobuf') &
  typeof import('@bufbuild/protobuf/wire') &
  typeof import('@bufbuild/protobuf/wkt/google/protobuf/descriptor_pb.js');

/** Loaded when somebody has descriptors: that takes as long as a small architecture's check. */
export const protobuf = (): Protobuf => ({
  ...(require('@bufbuild/protobuf') as typeof import('@bufbuild/protobuf')),
  ...(require('@bufbuild/protobuf/wire') as typeof import('@bufbuild/protobuf/wire')),
  ...(require('@bufbuild/protobuf/wkt/google/protobuf/descriptor_pb.js') as typeof import('@bufbuild/protobuf/wkt/google/protobuf/descriptor_pb.js')),
});
