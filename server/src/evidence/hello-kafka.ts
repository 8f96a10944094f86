import type { Hello } from './probe-network.ts';

const apiVersions = 18;
const correlation = 0x70656e73;

/** `ApiVersions` 0, which every broker answers before anything else. */
export const helloKafka: Hello = async (connection) => {
  const client = Buffer.from('penstock');
  const request = Buffer.alloc(14);
  request.writeInt32BE(10 + client.length, 0);
  request.writeInt16BE(apiVersions, 4);
  request.writeInt16BE(0, 6);
  request.writeInt32BE(correlation, 8);
  request.writeInt16BE(client.length, 12);
  connection.send(Buffer.concat([request, client]));
  const answer = await connection.receive((bytes) => bytes.length >= 10);
  if (answer.length < 10 || answer.readInt32BE(4) !== correlation) return undefined;
  const error = answer.readInt16BE(8);
  return error === 0
    ? { state: 'passed', seen: 'the broker answers' }
    : {
        state: 'warning',
        seen: `the broker answers with error ${error}`,
        next: 'look into the broker’s log',
      };
};
