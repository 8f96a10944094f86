import { main } from '../main.ts';
import { compose } from '../../systems/compose/index.ts';
import { dbt } from '../../systems/dbt/index.ts';
import { penstock } from '../../systems/penstock/index.ts';

/** `penstock` as a process of its own, which knows pipelines, dbt and where compose runs that. */
process.exitCode = await main(process.argv.slice(2), { systems: [penstock, dbt, compose], version: '0' });
