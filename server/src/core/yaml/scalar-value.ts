type Value = string | number | boolean | null;

/** What a plain, untagged scalar means to PyYAML (1.1) or ruamel (1.2); timestamps stay strings. */
export function plainValue(text: string, version: '1.1' | '1.2'): Value {
  const length = text.length;
  if (length === 0) return null;
  const first = text.charCodeAt(0);
  if (isWordStart(first)) return length <= 5 ? wordValue(text, version) : text;
  if (first === 126 && length === 1) return null;
  if (!isNumberStart(first)) return text;
  return (version === '1.1' ? number11(text) : number12(text)) ?? text;
}

/** `n N t T f F y Y o O`: only these begin a null or a boolean. */
function isWordStart(code: number): boolean {
  const lower = code | 32;
  return lower === 110 || lower === 116 || lower === 102 || lower === 121 || lower === 111;
}

/** `+ - . 0-9` */
function isNumberStart(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
}

function wordValue(text: string, version: '1.1' | '1.2'): Value {
  switch (text) {
    case 'null':
    case 'Null':
    case 'NULL':
      return null;
    case 'true':
    case 'True':
    case 'TRUE':
      return true;
    case 'false':
    case 'False':
    case 'FALSE':
      return false;
    default:
      return version === '1.1' ? word11(text) : text;
  }
}

function word11(text: string): Value {
  switch (text) {
    case 'yes':
    case 'Yes':
    case 'YES':
    case 'on':
    case 'On':
    case 'ON':
      return true;
    case 'no':
    case 'No':
    case 'NO':
    case 'off':
    case 'Off':
    case 'OFF':
      return false;
    default:
      return text;
  }
}

const int11 = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const float11 =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/;
const int12 = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)$/;
const float12 =
  /^[-+]?(?:[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[0-9][0-9_]*[eE][-+]?[0-9]+|\.[0-9_]+(?:[eE][-+][0-9]+)?)$/;
const special = /^(?:([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** The number PyYAML reads, or undefined where it reads a string. */
export function number11(text: string): number | undefined {
  if (int11.test(text)) return integer(text, /^0[0-7_]+$/);
  if (float11.test(text)) return float(text);
  return specialNumber(text);
}

/** The number ruamel reads, or undefined where it reads a string. */
export function number12(text: string): number | undefined {
  if (int12.test(text)) return integer(text, /^0o[0-7_]+$/);
  if (float12.test(text)) return float(text);
  return specialNumber(text);
}

function specialNumber(text: string): number | undefined {
  const match = special.exec(text);
  if (!match) return undefined;
  if (match[1] === undefined) return Number.NaN;
  return match[1] === '-' ? -Infinity : Infinity;
}

function integer(text: string, octal: RegExp): number {
  const [sign, digits] = unsigned(text);
  if (digits.startsWith('0b')) return sign * Number.parseInt(digits.slice(2), 2);
  if (digits.startsWith('0x')) return sign * Number.parseInt(digits.slice(2), 16);
  if (octal.test(digits)) return sign * Number.parseInt(digits.replace('o', ''), 8);
  if (digits.includes(':')) return sign * sexagesimal(digits);
  return sign * Number(digits);
}

function float(text: string): number {
  const [sign, digits] = unsigned(text);
  return sign * (digits.includes(':') ? sexagesimal(digits) : Number(digits));
}

/** The sign, and the rest without the underscores that group digits. */
function unsigned(text: string): readonly [number, string] {
  const first = text.charCodeAt(0);
  const digits = first === 45 || first === 43 ? text.slice(1) : text;
  return [first === 45 ? -1 : 1, digits.includes('_') ? digits.replaceAll('_', '') : digits];
}

function sexagesimal(digits: string): number {
  let total = 0;
  for (const part of digits.split(':')) total = total * 60 + Number(part);
  return total;
}
