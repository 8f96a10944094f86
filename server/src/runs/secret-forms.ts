/** A secret as programs print it: as it is, for a URL, inside JSON (twice, too) and in base64. */
export function encodedForms(secret: string): readonly string[] {
  const json = inJson(secret);
  const url = encodeURIComponent(toWellFormed(secret));
  return [
    ...new Set([
      secret,
      json,
      inJson(json),
      asciiOnly(json),
      json.replaceAll('/', '\\/'),
      secret.replaceAll("'", "\\'"),
      secret.replaceAll("'", "''"),
      secret.replaceAll("'", "'\\''"),
      secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      url,
      url.replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`),
      url.replaceAll('%20', '+'),
      url.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      encodeURI(toWellFormed(secret)),
      ...inBase64(secret),
    ]),
  ];
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function asciiOnly(text: string): string {
  return text.replace(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Half a surrogate pair cannot be encoded. */
function toWellFormed(text: string): string {
  return text.replace(/[\ud800-\udfff]/gu, '\ufffd');
}

/**
 * A secret inside a longer text (`user:secret`) is encoded in one of three ways, by where it begins.
 * The characters at both ends that also carry bits of their neighbours are left out.
 */
function inBase64(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  // What is left of a shorter one would be found in ordinary text.
  if (bytes.length < 6)
    return bytes.length < 4 ? [] : withUrlAlphabet(bytes.toString('base64').replace(/=+$/, ''));
  const forms = [0, 1, 2].flatMap((before) => {
    const padded = Buffer.concat([Buffer.alloc(before), bytes]);
    const start = Math.ceil((before * 4) / 3);
    const end = Math.floor((padded.length * 4) / 3);
    return withUrlAlphabet(padded.toString('base64').slice(start, end));
  });
  return [...withUrlAlphabet(bytes.toString('base64').replace(/=+$/, '')), ...forms];
}

function withUrlAlphabet(text: string): readonly string[] {
  return [text, text.replaceAll('+', '-').replaceAll('/', '_')];
}
