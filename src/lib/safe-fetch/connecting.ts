// Connections that are judged by where they really lead: a name's addresses before connecting to one of them, and the
// socket's own address once it is connected, before a byte is sent, TLS included.
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import { isPublic } from './addresses.ts';
import { notPublic } from './faults.ts';

export interface Judging {
  /** How names are resolved. */
  readonly lookup: LookupFunction;
  /** Whether the place was allowed by name: then its address does not matter. */
  readonly allowed: boolean;
  /** Ends the connection wherever it is. */
  readonly signal: AbortSignal;
}

/**
 * A connector for one undici client. Undici's own would have sent its TLS greeting before anybody could look where to,
 * and lets go of a connection that is given up half way only later.
 */
export function judgedConnector(judging: Judging): buildConnector.connector {
  return (target, callback) => {
    open(target, judging).then(
      (socket) => callback(null, socket),
      (error: Error) => callback(error, null),
    );
  };
}

async function open(
  { hostname, port, protocol }: buildConnector.Options,
  { lookup, allowed, signal }: Judging,
): Promise<Socket> {
  const secure = protocol === 'https:';
  const socket = connectTcp({
    host: hostname,
    port: Number(port) || (secure ? 443 : 80),
    lookup: allowed ? lookup : publicOnly(lookup),
    noDelay: true,
  });
  endWith(signal, socket);
  await once(socket, 'connect');
  if (!allowed && !isPublic(socket.remoteAddress ?? '')) {
    socket.destroy();
    throw notPublic();
  }
  if (!secure) return socket;
  const servername = isIP(hostname) === 0 ? hostname : '';
  const encrypted = connectTls({ socket, host: hostname, servername, ALPNProtocols: ['http/1.1'] });
  endWith(signal, encrypted);
  await once(encrypted, 'secureConnect');
  return encrypted;
}

function endWith(signal: AbortSignal, socket: Socket): void {
  const end = () => socket.destroy(signal.reason as Error);
  // Errors after the last that somebody waited for: the connection is being ended.
  socket.on('error', () => undefined);
  socket.once('close', () => signal.removeEventListener('abort', end));
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
}

/** Answers with the public ones among a name's addresses: the others are not even connected to. */
function publicOnly(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) {
        callback(error, []);
        return;
      }
      const addresses = (found as LookupAddress[]).filter(({ address }) => isPublic(address));
      const [first] = addresses;
      if (first === undefined) callback(notPublic(), []);
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
