/** Programs that take a password behind a letter, which means something else to most others. */
interface PasswordOption {
  /** Base names; of programs that log in elsewhere the command that does so. */
  readonly names: readonly string[];
  readonly options: readonly string[];
  /** In the next word, in the same one, or in either. */
  readonly place: 'apart' | 'joined' | 'either';
}

const known: readonly PasswordOption[] = [
  {
    names:
      'mysql mysqldump mysqladmin mysqlimport mysqlcheck mysqlshow mariadb mariadb-dump mariadb-admin'.split(
        ' ',
      ),
    options: ['-p'],
    // What stands apart is a database: it asks for the password then.
    place: 'joined',
  },
  { names: ['7z', '7za'], options: ['-p'], place: 'joined' },
  { names: ['redis-cli', 'valkey-cli'], options: ['-a', '--pass'], place: 'apart' },
  {
    names: 'mongo mongosh mongodump mongorestore mongoexport mongoimport cqlsh beeline sshpass login'.split(
      ' ',
    ),
    options: ['-p'],
    place: 'either',
  },
  { names: ['sqlcmd', 'bcp', 'zip', 'unzip'], options: ['-P'], place: 'either' },
  { names: ['vsql', 'ldapsearch', 'ldapadd', 'ldapmodify'], options: ['-w'], place: 'either' },
];

const ofName: ReadonlyMap<string, PasswordOption> = new Map(
  known.flatMap((option) => option.names.map((name) => [name, option] as const)),
);

/** One of these stands in every text in which `passwordsInScripts` could find something. */
export const passwordOptions: readonly string[] = known.flatMap(({ options }) =>
  options.map((option) => ` ${option}`),
);

/** A password behind such an option in a script or a trace of one; the first group stays. A variable shows nothing. */
export const passwordsInScripts: readonly RegExp[] = known.map(({ names, options, place }) => {
  const between = { apart: '\\s+', joined: '', either: '\\s*' }[place];
  const program = `\\b(?:${names.join('|')}) (?:-[^;&|\\n]{0,300}? )??`;
  const value = `(?:"(?:\\\\.|[^"\\\\])+"|'[^']+'|[^\\s;&|"'])+`;
  return new RegExp(`(${program}(?:${options.join('|')})${between})(?!["']?\\$|-)${value}`, 'g');
});

/** Where the password of such a program stands among the words of a command: in which word, and from which letter on. */
export function passwordIn(
  words: readonly string[],
): { readonly word: number; readonly from: number } | undefined {
  const program = words.findIndex((word) => ofName.has(baseName(word)));
  if (program < 0) return undefined;
  const { options, place } = ofName.get(baseName(words[program]!))!;
  for (let word = program + 1; word < words.length; word++) {
    const written = words[word]!;
    const before = word - 1 > program ? words[word - 1]! : '';
    const isNext = place !== 'joined' && options.includes(before) && !/^[-$]/.test(written);
    if (isNext) return { word, from: 0 };
    const option = place === 'apart' ? undefined : options.find((each) => written.startsWith(each));
    if (option !== undefined && written.length > option.length && written[option.length] !== '$')
      return { word, from: option.length };
  }
  return undefined;
}

function baseName(word: string): string {
  return word.replace(/^.*[\\/]/s, '').replace(/\.exe$/i, '');
}
