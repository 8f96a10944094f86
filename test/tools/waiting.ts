import { readFileSync } from 'node:fs';

/** Waits until the condition holds; gives up after two minutes and says on what it waited. */
export async function untilTrue(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited two minutes for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/**
 * Waits until a file reads as it is meant, whole; gives up as `untilTrue` does and says what it reads. An editor empties
 * a file and then writes it, so that a text that is another than before need not be the new one.
 */
export async function untilReads(path: string, isMeant: string | RegExp): Promise<void> {
  const read = (): string => readFileSync(path, 'utf8');
  const isRead = (): boolean => (typeof isMeant === 'string' ? read() === isMeant : isMeant.test(read()));
  try {
    await untilTrue(`${path} to be written`, isRead);
  } catch (error) {
    throw new Error(`${path} should read ${String(isMeant)}, and reads ${read()}`, { cause: error });
  }
}

/** Whether any process of the group that this process leads is left. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 0);
    return true;
  } catch {
    return false;
  }
}
