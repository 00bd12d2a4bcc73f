/**
 * What browser tests of a site with an archive are given besides `fixtures.ts`: the local stack (Postgres, PostgREST,
 * accounts), started once a worker, and the built app served with it configured. `page`, `player` and relative
 * addresses are on that site; all tests of a worker share its database, so each names its own people and groups.
 *
 *     import { expect, test } from './stack.ts';
 *     test('a game goes to the archive', async ({ player, archiveSite }) => {
 *         const noa = await player('Noa');
 *         const { rows } = await archiveSite.sql('select count(*)::integer as games from public.games');
 *     });
 *
 * Where Postgres or PostgREST cannot run these tests are skipped, with the reason as their line.
 */
import type { QueryResult } from 'pg';
import { test as base } from './fixtures.ts';
import { startApp } from '../app.ts';
import { apiProblem, startApi } from '../db/stack/api.ts';
import { createDatabase, migrate } from '../db/stack/migrate.ts';
import { postgresProblem, startPostgres, temporaryFolder } from '../db/stack/postgres.ts';
import { makeKey, readKey } from '../db/stack/tokens.ts';

export { expect } from './fixtures.ts';

const DATABASE = 'overtrick';

interface ArchiveSite {
	/** Of the app, `http://localhost:<port>`. */
	readonly url: string;
	/** Of the archive, as a browser knows it, e.g. to cut it off: `context.route(`${api}/**`, ...)`. */
	readonly api: string;
	/** What a page shows before anybody has signed in. */
	readonly anonKey: string;
	/** Asks the database itself, past every policy. */
	sql(text: string, values?: readonly unknown[]): Promise<QueryResult<Record<string, unknown>>>;
}

/** Why there is no stack on this system, or null. */
const problem = postgresProblem() ?? apiProblem();

export const test = base.extend<object, { archiveSite: ArchiveSite }>({
	archiveSite: [
		async ({}, use) => {
			if (problem !== null) {
				// Nobody comes here: `baseURL` skips the test before it has a page.
				await use({ url: '', api: '', anonKey: '', sql: () => Promise.reject(new Error(problem)) });
				return;
			}
			const folder = temporaryFolder();
			const server = await startPostgres({ folder, keep: false });
			await createDatabase(server, DATABASE);
			const client = await server.connect(DATABASE, 'postgres');
			await migrate(client);
			const api = await startApi({ server, database: DATABASE, key: readKey(makeKey()), folder });
			const { url: apiUrl, anonKey } = api;
			const app = await startApp({ supabase: { url: apiUrl, anonKey } });
			await use({
				url: app.url,
				api: apiUrl,
				anonKey,
				sql: (text, values = []) => client.query<Record<string, unknown>>(text, [...values]),
			});
			await app.close();
			await api.stop();
			await client.end();
			await server.stop();
		},
		{ scope: 'worker', timeout: 60_000 },
	],

	baseURL: async ({ archiveSite }, use, testInfo) => {
		testInfo.skip(problem !== null, `no archive to test with: ${problem ?? ''}`);
		await use(archiveSite.url);
	},
});
