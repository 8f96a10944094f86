import { readFileSync } from 'node:fs';
import { createServer as createHttpServer, type OutgoingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Probe, Protocol } from '../../core/evidence.ts';
import { atEnd } from './ends.ts';

/** A server that talks so; its port. */
export async function listen(talk: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    talk(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port at which nothing listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The key of `localhost`, and a certificate that says so and that nobody else signed. */
const certificate = readFileSync(new URL('localhost.pem', import.meta.url));

/** A web server, with a certificate that it signed itself where it is secure; its port. */
export async function web(
  answer: (url: string) => {
    readonly status: number;
    readonly body?: string;
    readonly headers?: OutgoingHttpHeaders;
    /** Never ends what it says. */
    readonly isOpen?: boolean;
  },
  { isSecure = false }: { readonly isSecure?: boolean } = {},
): Promise<number> {
  const listener: RequestListener = (request, response) => {
    const { status, body = '', headers = {}, isOpen = false } = answer(request.url ?? '');
    response.writeHead(status, headers).write(body);
    if (!isOpen) response.end();
  };
  const server = isSecure
    ? createHttpsServer({ key: certificate, cert: certificate }, listener)
    : createHttpServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** An address on this machine. */
export const at = (port: number, host = '127.0.0.1') => ({ host, port });
/** The check that a server of the protocol answers there. */
export const hello = (protocol: Protocol, port: number): Probe => ({
  kind: 'hello',
  protocol,
  address: at(port),
});

// Stand-ins for the servers, each saying what the real one would; the real ones are asked in test/evidence.

/** Says this to whoever asks something. */
export const redis = (answer: string) => (socket: Socket) =>
  void socket.once('data', () => socket.write(answer));
/** Answers a start with one message of that kind. */
export function postgres(kind: string, body: string) {
  return (socket: Socket): void => {
    socket.once('data', () => {
      const head = Buffer.alloc(5);
      head.write(kind);
      head.writeInt32BE(4 + Buffer.byteLength(body), 1);
      // In two pieces, as the network may bring it.
      socket.write(head);
      setImmediate(() => socket.write(body));
    });
  };
}
/** Answers with the versions that it speaks, or an error. */
export const kafka = (error: number) => (socket: Socket) =>
  void socket.once('data', (request: Buffer) => {
    const answer = Buffer.alloc(14);
    answer.writeInt32BE(10, 0);
    request.copy(answer, 4, 8, 12);
    answer.writeInt16BE(error, 8);
    socket.write(answer);
  });
