/**
 * The built app on a site with an archive: Postgres, PostgREST and accounts, started for whoever asks, empty.
 *
 *     const site = await startArchiveSite();
 *     await page.goto(site.url);
 *     await site.close();
 */
import type { QueryResult } from 'pg';
import { startApp } from '../app.ts';
import { startApi, type Mail } from '../db/stack/api.ts';
import { createDatabase, migrate } from '../db/stack/migrate.ts';
import { startPostgres, temporaryFolder } from '../db/stack/postgres.ts';
import { makeKey, readKey } from '../db/stack/tokens.ts';

const DATABASE = 'overtrick';

export interface ArchiveSite {
	/** Of the app, `http://localhost:<port>`. */
	readonly url: string;
	/** Of the archive, as a browser knows it, e.g. to cut it off: `context.route(`${api}/**`, ...)`. */
	readonly api: string;
	/** What a page shows before anybody has signed in. */
	readonly anonKey: string;
	/** What would have been sent. */
	readonly mails: readonly Mail[];
	/** Asks the database itself, past every policy. */
	sql(text: string, values?: readonly unknown[]): Promise<QueryResult<Record<string, unknown>>>;
}

export async function startArchiveSite(): Promise<ArchiveSite & { close(): Promise<void> }> {
	const folder = temporaryFolder();
	const server = await startPostgres({ folder, keep: false });
	await createDatabase(server, DATABASE);
	const client = await server.connect(DATABASE, 'postgres');
	await migrate(client);
	const mails: Mail[] = [];
	const onMail = (mail: Mail): void => void mails.push(mail);
	const api = await startApi({ server, database: DATABASE, key: readKey(makeKey()), folder, onMail });
	const { url: apiUrl, anonKey } = api;
	const app = await startApp({ supabase: { url: apiUrl, anonKey } });
	return {
		url: app.url,
		api: apiUrl,
		anonKey,
		mails,
		sql: (text, values = []) => client.query<Record<string, unknown>>(text, [...values]),
		async close() {
			await app.close();
			await api.stop();
			await client.end();
			await server.stop();
		},
	};
}
