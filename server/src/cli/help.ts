/** What `penstock help` and `penstock COMMAND --help` say. */
const commands = {
  check: {
    usage: 'check [path…]',
    summary: 'what is wrong in the configuration',
    details: `Reads the project that each file or folder belongs to, and reports on these alone; without one, on the
working directory.

  --format FORMAT          text (the default), json, sarif, github or junit
  --severity SEVERITY      from which severity on a finding makes the check fail: error (the default),
                           warning, information or hint
  --fix                    mend what can be mended without a look, then report the rest
  --since REVISION         leave out what was found at a git revision, too: only what is new counts
  --baseline FILE          leave out the findings that stand in FILE
  --write-baseline FILE    write all findings to FILE, to be left out from now on
  --no-cache               read every file anew, and keep nothing for the next time

A comment leaves a finding out where it stands: \`# penstock: ignore CODE -- reason\`.

Exit status: 0 nothing that fails the check, 1 something, 2 the check could not run.`,
  },
  plan: {
    usage: 'plan [file | VERB …]',
    summary: 'the planning documents, read or changed, and what to do next',
    details: `Reads the document named here, by the words of the project that it belongs to; without one, all planning documents
below the working directory.
With a verb it changes the plan, in the document's own style and not a byte more than must change:

  set TASK… --status S --priority P --effort E      what is said of tasks; an empty text takes it away
  tick NAME…, untick NAME…                          tasks and criteria
  add TITLE --group SECTION                         a task; also with --status, --priority, --effort, --needs
  move TASK… --before TASK | --after TASK | --group SECTION
  remove TASK…
  complete TASK… [--to FILE]                        done, and moved to the document or section of finished tasks
  touch                                             the day of the last update: today
  figures [--proven] [--category NAME=PERCENT] [--overall PERCENT]
                                                    percentages; without --overall the total follows from its table

A TASK is named by its id, its title, its code (T7, 'Step 2') or a part of them that no other has.

  --file FILE              the document; all of the working directory where absent
  --to FILE                with \`complete\` and \`move --group\`: the document that tasks go to
  --date DAY               with \`touch\` and \`complete\`: 2026-11-29
  --diff                   show what would change as a diff, and write nothing
  --format FORMAT          text (the default) or json

Exit status: 0 read, or so written now; 1 it cannot be written; 2 there is no such document, task or value.`,
  },
  readiness: {
    usage: 'readiness [path]',
    summary: 'what the plan claims beside what the platform shows',
    details: `Looks at what \`checks\` in penstock.yaml and the systems found ask for: at files, names and what tools left behind.

  --format FORMAT          text (the default), json, junit, sarif, markdown or github
  --network                also connect to what checks name, on this machine alone
  --commands               also start the programs that checks name
  --all                    --network and --commands
  --check ID               look at this check, whatever it takes, and judge it alone; may be given again
  --allow-host HOST        a host besides this machine that may be connected to; may be given again
  --fail-on STATE          fail on checks in this state or a graver one, whatever the plan claims: failed, stale,
                           unknown or warning
  --min PERCENT            fail where less than this is proven
  --no-history             add nothing to .penstock/readiness/history.jsonl

Exit status: 0 ready, or within the thresholds that were named; 1 not ready, not known or below them; 2 it could not
be told.`,
  },
  steps: {
    usage: 'steps [STEP…]',
    summary: 'what can be run here',
    details: `Lists all steps; of those named here it also tells what \`penstock run --param\` may set for a run: parameters of
pipelines, options of the tool (\`target\`, \`full-refresh\`, \`select\`), variables, arguments of macros.

  --format FORMAT          text (the default) or json

Exit status: 0, also when there is nothing; 2 there is no such step.`,
  },
  environment: {
    usage: 'environment',
    summary: 'which tools, versions, profiles and variables are in force, and why',
    details: `Tells of each project which program runs it and where that was found, its version and interpreter, the compose
service that it is at home in, the profiles and files of variables that count, and which variables its files read:
names only. Nothing is run.

  --format FORMAT          text (the default) or json
  --environment PATH       an environment, folder or program that is looked into first; may be given again

Exit status: 0 every tool was found here or has a service, 1 one is missing.`,
  },
  graph: {
    usage: 'graph [pipeline]',
    summary: 'what leads to what, over all systems',
    details: `Tells what the systems define and use, from loader to source to model to exposure; with the name of a
pipeline (\`pipeline:daily\`), its steps and which waits for which.

  --format FORMAT          text (the default), json, mermaid or dot
  --from NAME              NAME and all that it leads to; may be given again
  --to NAME                NAME and all that leads to it; with --from, what lies between
  --around NAME            NAME and its neighbours
  --depth N                how many edges to follow from each NAME; all with --from and --to, 1 with --around
  --system ID              only what this system defines; may be given again
  --states                 with mermaid and dot: colours for how each thing went when it last ran; JSON tells it anyway

Exit status: 0 the graph was told, 2 there is no such name.`,
  },
  run: {
    usage: 'run STEP…',
    summary: 'run steps one after another',
    details: `  --param NAME=VALUE       sets a parameter of a pipeline, or an option of the steps' tools; may be given again;
                           \`penstock steps STEP\` tells which there are
  --resume RUN             instead of steps: goes on with a run by its id, or with the last one (\`last\`), with its
                           parameters; what succeeded in it and is still the same is skipped
  --only-failed            with --resume: of a step that failed only what failed in it, where its tool can do that
                           (\`dbt retry\`)
  --rerun RUN              instead of steps: those of a run, with its parameters, from the start
  --format FORMAT          text (the default) or json
  --folder FOLDER          the workspace folder that keeps the run's log, in .penstock/
  --run-id ID              how the run is called; made up where absent
  --max-parallel N         how many steps may run at once, over all runs of the folder: 2 where absent
  --pause-before STEP      pause before this step, until \`penstock runs continue\`; may be given again
  --environment PATH       an environment, folder or program that is looked into first; may be given again
  --in PLACE               local (this machine), service (the compose service that a tool is at home in) or auto (the
                           default): this machine where the tool is installed on it, else its service
  --yes                    run steps that destroy something, too (a state that is cleared)
  --dry-run                tell what would be started, secrets masked, and start nothing
  --attached               keep no log, and end when standard input does: for a program that wants the outcome

Exit status: 0 all steps succeeded, 1 one failed, 2 the run could not start, 130 it was cancelled.`,
  },
  runs: {
    usage: 'runs [list|show|…]',
    summary: 'the runs so far: what failed, what got slower',
    details: `  runs [list]              the newest runs, or those that are asked for
  runs show [RUN]          one run with its steps and what failed in them
  runs compare [[A] B]     two runs side by side: what changed its state, what got slower; of one, or of none (the
                           last), the run before that did the same
  runs trend NAME          how a step, a pipeline, a model or whatever else ran went over its runs
  runs export [RUN…]       runs whole, with steps and what these ran; all where none is named
  runs prune               removes the oldest runs beyond the limits
  runs cancel RUN [STEP]   ends a run that runs, or one of its steps; what needs that is skipped
  runs pause RUN STEP      the run pauses before the step, where that has not begun
  runs continue RUN STEP   goes on with the step

RUN is an id or its beginning, \`last\`, or \`last-1\` for the one before.

  --format FORMAT          text (the default), json (the default of export) or markdown
  --folder FOLDER          the workspace folder; the nearest one above that has runs where absent
  --limit N                so many runs at most; list shows 20
  --status STATUS          succeeded, failed, cancelled, interrupted, running or not-started; may be given again
  --step NAME              runs of this step
  --search WORD            runs whose steps, parameters, things or messages hold it; may be given again
  --since TIME             runs that began then or later, in UTC: 2026-11-23 or 2026-11-23T08:30
  --until TIME             runs that began before
  --keep N                 prune: so many runs are kept
  --days N                 prune: runs that are not older are kept
  --megabytes N            prune: so much is kept

Exit status: 0 it was told, 2 there is no such run.`,
  },
  schema: {
    usage: 'schema [name]',
    summary: 'the JSON schema of penstock.yaml',
    details: `For editors that check YAML files by a schema and do not run penstock-language-server.
\`penstock schema readiness\` prints that of what \`penstock readiness --format json\` prints.

Exit status: 0, 2 there is no schema of that name.`,
  },
} as const;

export type CommandName = keyof typeof commands;

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function overview(version: string): string {
  const lines = Object.values(commands).map(
    ({ usage, summary }) => `  penstock ${usage.padEnd(18)} ${summary}`,
  );
  return `Penstock ${version}: what is ready, what is wrong, and the flow.\n\n${lines.join('\n')}\n\n\`penstock COMMAND --help\` says what a command takes.\n`;
}

export function helpOf(name: CommandName): string {
  const { usage, summary, details } = commands[name];
  return `penstock ${usage}: ${summary}.\n\n${details}\n`;
}
