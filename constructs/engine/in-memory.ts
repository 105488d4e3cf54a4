import { type Tmpfs, TmpfsMountOption } from 'aws-cdk-lib/aws-ecs';

/** A directory in memory, of 1 MiB, beside a proxy's read-only root. Nothing in it can be run. */
export const inMemory = (containerPath: string): Tmpfs => ({
  containerPath,
  size: 1,
  mountOptions: [TmpfsMountOption.NOSUID, TmpfsMountOption.NODEV, TmpfsMountOption.NOEXEC],
});
