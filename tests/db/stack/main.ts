/**
 * `npm run supabase`: the archive's database, API and accounts on this machine, in one folder, with nothing to install:
 * for development, and for a home network that keeps its own games.
 *
 *     npm run supabase                         on this machine, port 54321, data in .supabase
 *     npm run supabase -- --host 0.0.0.0       for the phones in the room too
 *     npm run supabase -- --folder DIR --port N --db-port N
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../../src/lib/room/clock.ts';
import { apiProblem, startApi } from './api.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createDatabase, migrate } from './migrate.ts';
import { postgresProblem, startPostgres, type Postgres } from './postgres.ts';
import { makeKey, readKey } from './tokens.ts';

const DATABASE = 'overtrick';

async function prepare(server: Postgres): Promise<void> {
	const admin = await server.connect('postgres');
	const { rowCount } = await admin.query('select from pg_database where datname = $1', [DATABASE]);
	await admin.end();
	const isNew = rowCount === 0;
	if (isNew) await createDatabase(server, DATABASE);
	const client = await server.connect(DATABASE, 'postgres');
	const names = await migrate(client);
	if (isNew)
		await client.query(readFileSync(resolve(import.meta.dirname, '../../../supabase/seed.sql'), 'utf8'));
	await client.end();
	if (names.length > 0) console.log(`migrated: ${names.join(', ')}`);
}

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			folder: { type: 'string', default: '.supabase' },
			host: { type: 'string', default: '127.0.0.1' },
			port: { type: 'string', default: '54321' },
			'db-port': { type: 'string', default: '54322' },
		},
	});
	const problem = postgresProblem() ?? apiProblem();
	if (problem !== null) {
		console.error(`no local stack here: ${problem}`);
		return 1;
	}
	const folder = resolve(values.folder);
	const server = await startPostgres({ folder, keep: true, port: Number(values['db-port']) });
	await prepare(server);
	const keyFile = join(folder, 'signing-key.pem');
	if (!existsSync(keyFile)) writeFileSync(keyFile, makeKey(), { mode: 0o600 });
	const key = readKey(readFileSync(keyFile, 'utf8'));
	const api = await startApi({
		server,
		database: DATABASE,
		key,
		folder,
		host: values.host,
		port: Number(values.port),
		onMail: ({ to, link }) => console.log(`a link for ${to}, good for an hour: ${link}`),
	});

	const client = await server.connect(DATABASE, 'postgres');
	// A connection that is lost makes the next statement fail, which says so.
	client.on('error', () => undefined);
	const endHousekeeping = startHousekeeping({
		ask: (sql) => client.query(sql),
		clock: systemClock,
		onProblem: (error) => console.error('housekeeping:', error),
	});
	console.log(`\nthe archive is at ${api.url}, its data in ${folder}; Ctrl-C ends it\n`);
	console.log(`SUPABASE_URL=${api.url} SUPABASE_ANON_KEY=${api.anonKey} npm start\n`);
	await new Promise((done) => {
		process.once('SIGINT', done);
		process.once('SIGTERM', done);
	});
	endHousekeeping();
	await client.end();
	await api.stop();
	await server.stop();
	return 0;
}

process.exitCode = await main();
