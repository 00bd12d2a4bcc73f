/** One Postgres for the whole run, and a migrated database that each test file copies. */
import type { TestProject } from 'vitest/node';
import { apiProblem } from './stack/api.ts';
import { createDatabase, migrate } from './stack/migrate.ts';
import { skipOrFail } from './stack/needed.ts';
import { postgresProblem, startPostgres, temporaryFolder } from './stack/postgres.ts';

const TEMPLATE = 'template_overtrick';

export interface Cluster {
	readonly port: number;
	readonly password: string;
	readonly folder: string;
	/** The database that is copied. */
	readonly template: string;
}

declare module 'vitest' {
	export interface ProvidedContext {
		/** null where this system has no Postgres to offer. */
		cluster: Cluster | null;
		hasApi: boolean;
	}
}

export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
	const problem = postgresProblem();
	skipOrFail(problem ?? apiProblem());
	project.provide('hasApi', apiProblem() === null);
	if (problem !== null) {
		console.warn(`db: tests of the database are skipped: ${problem}`);
		project.provide('cluster', null);
		return undefined;
	}
	if (apiProblem() !== null) console.warn(`db: tests of the API are skipped: ${apiProblem() ?? ''}`);
	// A server that `mutations.ts` has started, with a template broken on purpose.
	const given = process.env['DB_CLUSTER'];
	if (given !== undefined) {
		project.provide('cluster', JSON.parse(given) as Cluster);
		return undefined;
	}
	const folder = temporaryFolder();
	const server = await startPostgres({ folder, keep: false });
	await createDatabase(server, TEMPLATE);
	const client = await server.connect(TEMPLATE, 'postgres');
	await migrate(client);
	await client.end();
	project.provide('cluster', { port: server.port, password: server.password, folder, template: TEMPLATE });
	return () => server.stop();
}
