/** The SHA-1 of a text of ASCII, in hexadecimal: core knows no Node, and a browser's own is asynchronous. */
export function sha1(text: string): string {
  const words = paddedWords(text);
  let [h0, h1, h2, h3, h4] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);
  for (let block = 0; block < words.length; block += 16) {
    w.set(words.subarray(block, block + 16));
    for (let at = 16; at < 80; at++) w[at] = rotate(w[at - 3]! ^ w[at - 8]! ^ w[at - 14]! ^ w[at - 16]!, 1);
    let [a, b, c, d, e] = [h0, h1, h2, h3, h4];
    for (let at = 0; at < 80; at++) {
      const next = (rotate(a, 5) + mix(at, b, c, d) + e + w[at]!) | 0;
      [e, d, c, b, a] = [d, c, rotate(b, 30), a, next];
    }
    [h0, h1, h2, h3, h4] = [(h0 + a) | 0, (h1 + b) | 0, (h2 + c) | 0, (h3 + d) | 0, (h4 + e) | 0];
  }
  return [h0, h1, h2, h3, h4].map((each) => (each >>> 0).toString(16).padStart(8, '0')).join('');
}

/** The letters as big-endian words: then a one bit, zeros, and the length in bits. */
function paddedWords(text: string): Int32Array {
  const { length } = text;
  const words = new Int32Array((((length + 8) >> 6) + 1) * 16);
  for (let at = 0; at < length; at++) words[at >> 2]! |= (text.charCodeAt(at) & 255) << (24 - (at & 3) * 8);
  words[length >> 2]! |= 0x80 << (24 - (length & 3) * 8);
  words[words.length - 2] = Math.floor(length / 0x20000000);
  words[words.length - 1] = (length << 3) | 0;
  return words;
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
