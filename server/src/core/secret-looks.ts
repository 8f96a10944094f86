/** What is a secret by its looks alone; every pattern has a part that hardly occurs otherwise. */
export const secretLooks: readonly RegExp[] = [
  // AWS
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  // GitHub, GitLab
  /\bgh[pousr]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{22,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  // Slack
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bxapp-\d-[A-Za-z0-9-]{10,}/g,
  /(?<=hooks\.slack\.com\/services\/)[A-Za-z0-9/]{20,}/g,
  // JSON Web Token
  /\beyJ[A-Za-z0-9_-]{8,1000}\.eyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/g,
  // Google, Stripe, npm, PyPI, SendGrid, model providers
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bya29\.[A-Za-z0-9_-]{20,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-AgE[A-Za-z0-9_-]{40,}/g,
  /\bSG\.[A-Za-z0-9_-]{16,100}\.[A-Za-z0-9_-]{16,}/g,
  /\bsk-(?:proj-|ant-|svcacct-)?[A-Za-z0-9_-]{32,}/g,
  // Databricks, dbt Cloud
  /\bdapi[0-9a-f]{32}(?:-\d)?\b/g,
  /\bdbt[cu]_[A-Za-z0-9+/=_-]{20,}/g,
  // A private key on one line
  /(?<=-----BEGIN [A-Z ]*PRIVATE KEY-----).+?(?=-----END|$)/g,
];

/** Cheap to ask, and true of every text that one of them could find something in. */
export const lookSuspicious =
  /AKIA|ASIA|ABIA|ACCA|gh[pousr]_|github_pat|glpat-|xox|xapp-|slack\.com|eyJ|AIza|ya29|[rs]k_|npm_|pypi-|SG\.|sk-|dapi|dbt[cu]_|PRIVATE KEY/;

/**
 * True for a value at a secret's key that is most likely a real one: long enough, of several kinds of characters,
 * and no word that stands in for one.
 */
export function looksReal(text: string): boolean {
  if (text.length < 8 || /[\s<>{}]|\$[\w{(]/u.test(text) || /^(.)\1*$/u.test(text)) return false;
  if (/example|place_?holder|dummy|change|replace|redacted|your|insert|todo|xxx|\*\*\*/iu.test(text))
    return false;
  const isWordy =
    /secret|pass|pwd|admin|test|user|root|local|dev|demo|sample|default|none|null|foo|bar|abc|123/iu.test(
      text,
    );
  if (text.length < 20 && isWordy) return false;
  const kinds = [/[a-z]/u, /[A-Z]/u, /\d/u, /[^\w./-]/u].filter((kind) => kind.test(text));
  return kinds.length > 1;
}
