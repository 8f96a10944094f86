const harmless = /^[\w@%+=:,./-]+$/;

/** An argument array as a person could paste it into a shell. Nothing is ever run from it. */
export function commandLine(args: readonly string[], platform: NodeJS.Platform = process.platform): string {
  return args.map((arg) => quote(arg, platform === 'win32')).join(' ');
}

function quote(arg: string, windows: boolean): string {
  if (harmless.test(arg) || (windows && /^[\w@%+=:,./\\-]+$/.test(arg))) return arg;
  return windows ? `"${arg.replaceAll('"', '\\"')}"` : `'${arg.replaceAll("'", `'\\''`)}'`;
}
