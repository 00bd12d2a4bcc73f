/**
 * `npm run db:schema`: writes what the migrations give, after they have changed: `supabase/schema.txt` to be read, and the
 * types of the browser's client. Tests hold both to the migrations.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describeSchema } from './catalogue.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { postgresProblem, startPostgres, temporaryFolder } from './stack/postgres.ts';
import { databaseTypes, TYPES_FILE } from './typegen.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

async function main(): Promise<number> {
	const problem = postgresProblem();
	if (problem !== null) {
		console.error(problem);
		return 1;
	}
	const server = await startPostgres({ folder: temporaryFolder(), keep: false });
	try {
		await createDatabase(server, 'overtrick');
		const client = await server.connect('overtrick', 'postgres');
		await migrate(client);
		writeFileSync(join(PROJECT, 'supabase/schema.txt'), await describeSchema(client));
		writeFileSync(join(PROJECT, TYPES_FILE), await databaseTypes(client));
		await client.end();
	} finally {
		await server.stop();
	}
	return 0;
}

process.exitCode = await main();
