/** What was asked for cannot be done; the message says why and what to do. The command ends with 2. */
export class CannotRun extends Error {}
