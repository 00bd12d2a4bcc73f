/** The local stack as a program: what it starts ends with it, also when it is killed. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { browserClient, hasApi } from './api.ts';
import { freePort, temporaryFolder } from './stack/postgres.ts';
import { waitUntil } from './stack/program.ts';

const PROJECT = resolve(import.meta.dirname, '../..');

interface Started {
	readonly pid: number;
	readonly url: string;
	readonly anonKey: string;
	readonly ended: Promise<unknown>;
}

async function start(folder: string, port: number): Promise<Started> {
	const dbPort = await freePort();
	const args = [
		'--import',
		'tsx',
		'tests/db/stack/main.ts',
		'--folder',
		folder,
		'--port',
		String(port),
		'--db-port',
		String(dbPort),
	];
	const child = spawn(process.execPath, args, { cwd: PROJECT, stdio: ['ignore', 'pipe', 'inherit'] });
	let isRunning = true;
	const ended = new Promise((done) =>
		child.on('exit', (code) => {
			isRunning = false;
			done(code);
		}),
	);
	let output = '';
	child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
	const line = /SUPABASE_URL=(\S+) SUPABASE_ANON_KEY=(\S+) /;
	await waitUntil('the stack', () => {
		if (!isRunning) throw new Error(`the stack ended: ${output}`);
		return Promise.resolve(line.test(output));
	});
	const [, url = '', anonKey = ''] = line.exec(output) ?? [];
	return { pid: child.pid ?? 0, url, anonKey, ended };
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		// There is no such process.
		return false;
	}
}

describe.skipIf(!hasApi)('npm run supabase', () => {
	it(
		'serves accounts and archive, leaves nothing running when it is killed, and goes on with the same data',
		{ timeout: 400_000 },
		async () => {
			const folder = temporaryFolder();
			try {
				const port = await freePort();
				const first = await start(folder, port);
				const noa = browserClient(first);
				await noa.auth.signUp({ email: 'noa@example.org', password: 'long enough' });
				await noa.rpc('save_profile', { profile: { display_name: 'Noa' } }).throwOnError();

				const postmaster = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0]);
				expect(isAlive(postmaster)).toBe(true);
				process.kill(first.pid, 'SIGKILL');
				await first.ended;
				// It takes its file away a moment before it is gone itself.
				await waitUntil('the end of Postgres', () =>
					Promise.resolve(!existsSync(join(folder, 'data/postmaster.pid')) && !isAlive(postmaster)),
				);

				const second = await start(folder, port);
				// The page that was open has its session still: the keys are the folder's own.
				expect((await noa.rpc('my_profile').throwOnError()).data).toMatchObject({ display_name: 'Noa' });
				process.kill(second.pid, 'SIGTERM');
				expect(await second.ended).toBe(0);
			} finally {
				rmSync(folder, { recursive: true, force: true });
			}
		},
	);
});
