/**
 * Starts a program that cannot outlive this one: a small supervisor holds it, and lets go when the pipe to us closes,
 * whether we ended well, threw, or were killed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Program {
	readonly command: string;
	readonly args: readonly string[];
	readonly env?: Readonly<NodeJS.ProcessEnv>;
	/** What ends it in good order. */
	readonly signal: NodeJS.Signals;
	/** File for what it prints. */
	readonly log: string;
	/** Whom to run as; null for ourselves. */
	readonly uid: number | null;
	/** Folder that goes with it, or null. */
	readonly remove: string | null;
}

export interface Running {
	readonly isRunning: () => boolean;
	/** Ends it and waits until it has. */
	stop(): Promise<void>;
}

export function startProgram(program: Program): Running {
	const job = { ...program, env: { PATH: process.env['PATH'], ...program.env } };
	const supervisor = join(import.meta.dirname, 'supervisor.js');
	// In a group of its own: Ctrl-C in a terminal reaches us alone, and we end what we started in order.
	const child = spawn(process.execPath, [supervisor, JSON.stringify(job)], {
		stdio: ['pipe', 'ignore', 'ignore'],
		detached: true,
	});
	const ended = once(child, 'exit');
	let isRunning = true;
	child.on('exit', () => (isRunning = false));
	// The supervisor may be gone when the pipe is closed: it has then nothing more to end.
	child.stdin.on('error', () => undefined);
	return {
		isRunning: () => isRunning,
		async stop() {
			child.stdin.end();
			await ended;
		},
	};
}

/** Asks again until it is so. @throws when it never is */
export async function waitUntil(
	what: string,
	isSo: () => Promise<boolean>,
	withinMs = 90_000,
): Promise<void> {
	const deadline = performance.now() + withinMs;
	while (!(await isSo())) {
		if (performance.now() > deadline) throw new Error(`${what} did not come up in ${withinMs / 1000} s`);
		await new Promise((done) => setTimeout(done, 25));
	}
}
