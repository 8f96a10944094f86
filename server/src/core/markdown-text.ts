/** Text of the workspace, or of whatever answers, shown as it is inside Markdown. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&]/g, '\\$&').replace(/\s*\n\s*/g, ' ');
}

/** A message of Penstock's, in which names stand between backticks: these as code, all else as it is. */
export function messageMarkdown(text: string): string {
  return text
    .split('`')
    .map((part, at) => (at % 2 === 1 ? `\`${part.replace(/\s*\n\s*/g, ' ')}\`` : escapeMarkdown(part)))
    .join('');
}
