import { expect, test } from 'vitest';
import { isSecretKey, isWorthHiding } from './secret-key.ts';

test.each([
  'password',
  'DB_PASSWORD',
  'api-token',
  'client_secret',
  'aws_secret_access_key',
  'private_key',
  'hub.auth',
  'key',
  'passwd',
  'passcode',
  'pswd',
  'authToken',
  'clientSecret',
  'private_key_passphrase',
])('%s is a secret', (key) => {
  expect(isSecretKey(key)).toBe(true);
});

test.each([
  'primary_key',
  'unique_key',
  'public_key',
  'replication_key',
  'tokenizer',
  'max_tokens_used',
  'keyboard',
  'secret_path',
  'monkey',
  'primaryKey',
  'passthrough',
])('%s is none', (key) => {
  expect(isSecretKey(key)).toBe(false);
});

test.each([
  ['hunter22', true],
  ['$TOKEN', false],
  ['${TOKEN}', false],
  ['abc', false],
  ['true', false],
])('hiding %s: %s', (text, isWorth) => {
  expect(isWorthHiding(text)).toBe(isWorth);
});
