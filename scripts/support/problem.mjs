/** Something the user can mend: shown as its message, without a stack. */
export class Problem extends Error {}

/** Runs a script's main function: a Problem is printed as it is, anything else with its stack; both exit with 1. */
export async function runScript(main) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Problem ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
