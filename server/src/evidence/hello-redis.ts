import type { Hello } from './probe-network.ts';

/** `PING`, as a person would type it; one that asks for a password answers, too. */
export const helloRedis: Hello = async (connection) => {
  connection.send('PING\r\n');
  const answer = (await connection.receive((bytes) => bytes.includes('\n')))
    .toString('latin1')
    .split('\r\n')[0]!;
  if (answer === '+PONG') return { state: 'passed', seen: 'it answers `PONG`' };
  if (answer.startsWith('-NOAUTH')) return { state: 'passed', seen: 'it answers, and asks for a password' };
  if (answer.startsWith('-LOADING'))
    return { state: 'warning', seen: 'it is still loading its data', next: 'wait until it has loaded' };
  if (answer.startsWith('-DENIED'))
    return {
      state: 'failed',
      seen: 'it runs in protected mode',
      next: 'set a password, or bind it to this machine',
    };
  // As `-BUSY`, `-MISCONF` or `-ERR max number of clients reached`: it is Redis, and not well.
  if (/^-[A-Z]+ /.test(answer))
    return { state: 'warning', seen: `it answers \`${answer.slice(1)}\``, next: 'look into its log' };
  return undefined;
};
