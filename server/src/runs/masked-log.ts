import type { RunLog } from './event-log.ts';
import type { Redactor } from './redact.ts';
import type { RunEventBody } from './run-event.ts';

/** A log to which nothing secret is written that stands in titles or in what Penstock itself says; what steps print comes masked. */
export function maskedLog(log: RunLog, redact: Redactor): RunLog {
  return {
    write: (body) => log.write(masked(body, redact)),
    writeLines: (head, lines) => log.writeLines(head, lines),
  };
}

function masked(body: RunEventBody, redact: Redactor): RunEventBody {
  if (body.type === 'run-started') {
    const steps = body.steps.map((step) => ({ ...step, title: redact.line(step.title) }));
    return { ...body, title: redact.line(body.title), steps };
  }
  if (body.type === 'step-waiting') return { ...body, reason: redact.line(body.reason) };
  if (body.type !== 'step-retrying' && body.type !== 'step-ended') return body;
  return body.message === undefined ? body : { ...body, message: redact.text(body.message) };
}
