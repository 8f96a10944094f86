import { isSecretKey, isWorthHiding } from '../../core/secret-key.ts';
import { defineSystem, type ParsedFile } from '../../core/system.ts';
import { claimCompose } from './claim.ts';
import type { ComposeModel } from './model.ts';
import { nameKinds } from './names.ts';
import { parseCompose } from './parse.ts';
import { environmentNames } from './service-data.ts';
import { outlineOf } from './symbols.ts';

type File = ParsedFile<ComposeModel>;

/** Docker Compose: which services there are, what they see of the workspace and where they are reached. */
export const compose = defineSystem({
  id: 'compose',
  title: 'Compose',
  icon: 'server-environment',
  markers: [],
  names: nameKinds,
  rules: [],
  claim: (path, _project, head) => claimCompose(path, head),
  parse: parseCompose,
  symbols: (file) => outlineOf(file as File),
  secrets: (file) => secretsOf(file as File),
});

function secretsOf({ model }: File): readonly string[] {
  return model.services.flatMap(({ value }) =>
    environmentNames(value).flatMap(({ name, value: text }) => {
      const address = /:\/\/[^:/@\s]*:([^@\s]+)@/.exec(text ?? '')?.[1];
      return [isSecretKey(name) ? text : undefined, address].filter(
        (each) => each !== undefined && isWorthHiding(each),
      ) as readonly string[];
    }),
  );
}
