// PostgreSQL's settings for a small forum on a shared machine, given on its command line so that an upgrade of the
// forum changes them without touching the data folder.
import type { Place } from './place.ts';
import { PORT } from './place.ts';

/** @param overrides PostgreSQL settings by name; they win. */
export function serverOptions(place: Place, overrides: Readonly<Record<string, string>>): string[] {
  return [
    '-D',
    place.cluster,
    ...asOptions({
      listen_addresses: '',
      port: String(PORT),
      unix_socket_directories: `"${place.sockets.replaceAll('"', '""')}"`,
      unix_socket_permissions: '0700',
      max_connections: '100',
      shared_buffers: '128MB',
      // Compiling a query costs more than the short queries of a forum ever win back.
      jit: 'off',
      // Parallel workers need /dev/shm, of which containers have little, and two cores have no worker to spare.
      max_parallel_workers: '0',
      max_logical_replication_workers: '0',
      timezone: 'UTC',
      log_timezone: 'UTC',
      log_line_prefix: '%m [%p] %q%u@%d ',
      log_checkpoints: 'off',
      ...overrides,
    }),
  ];
}

export function asOptions(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
