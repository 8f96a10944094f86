const methods = ['FULL_TABLE', 'INCREMENTAL', 'LOG_BASED'];

/** The values that keys of a catalog may have. */
export const allowedValues: Readonly<Record<string, readonly (string | boolean)[]>> = {
  inclusion: ['available', 'automatic', 'unsupported'],
  selected: [true, false],
  'selected-by-default': [true, false],
  'replication-method': methods,
  'forced-replication-method': methods,
  replication_method: methods,
};

/** What a key of a catalog is for. */
export const keyDescriptions: Readonly<Record<string, string>> = {
  tap_stream_id: 'The name under which the tap knows the stream; patterns of `select` are held against it.',
  stream: 'The name under which records of the stream are sent to the target.',
  schema: "The JSON schema of the stream's records.",
  key_properties: 'The properties that tell records apart: the primary key.',
  replication_key: 'The property that tells what is new since the last run.',
  replication_method: 'How the stream is extracted: whole, what is new, or from the log of the database.',
  breadcrumb: 'What the metadata is about: `[]` for the stream, `["properties", "name"]` for one property.',
  inclusion:
    'Whether the property is extracted always (`automatic`), when it is selected (`available`), or never (`unsupported`).',
  selected: 'Whether it is extracted, as the user decided.',
  'selected-by-default': 'Whether it is extracted while nobody decided.',
  'replication-method': 'How the stream is extracted, as the user decided.',
  'forced-replication-method': 'How the tap extracts the stream whatever the user decides.',
  'replication-key': 'The property that tells what is new since the last run, as the user decided.',
  'valid-replication-keys': 'The properties that may be the replication key.',
  'table-key-properties': 'The primary key of the table that the stream comes from.',
  'view-key-properties': 'The key of a view, which the user has to name.',
  'schema-name': 'The schema of the database that the stream comes from.',
  'is-view': 'Whether the stream comes from a view.',
  'row-count': 'How many rows the table had at discovery.',
  bookmarks: 'How far each stream was extracted.',
  currently_syncing: 'The stream in which the last run was interrupted.',
  replication_key_value: 'The largest value of the replication key that was extracted.',
};
