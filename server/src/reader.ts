import { workerData } from 'node:worker_threads';
import type { AheadTask } from './files/read-ahead.ts';
import { readFiles } from './files/read-files.ts';

readFiles(workerData as AheadTask);
