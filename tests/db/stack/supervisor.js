/**
 * Keeps one program running for exactly as long as whoever started it: when the pipe to the parent closes, however the
 * parent died, the program is ended and its folder (if one is named) removed.
 *
 *     node supervisor.js '{"command": "...", "args": [], "signal": "SIGINT", "log": "/tmp/x/log", "remove": null}'
 */
import { spawn } from 'node:child_process';
import { openSync, rmSync } from 'node:fs';

/**
 * @typedef {object} Job
 * @property {string} command
 * @property {string[]} args
 * @property {NodeJS.ProcessEnv} env
 * @property {NodeJS.Signals} signal what ends it in good order
 * @property {string} log file for all that it prints: a pipe to a dead parent would end it at the wrong moment
 * @property {number | null} uid
 * @property {string | null} remove folder to remove afterwards
 */

/** After this it is to end at once, and after twice this it is ended. ms */
const PATIENCE_MS = 10_000;

/** @type {Job} */
const job = JSON.parse(process.argv[2] ?? '{}');
const log = openSync(job.log, 'a');
const child = spawn(job.command, job.args, {
	env: job.env,
	stdio: ['ignore', log, log],
	...(job.uid === null ? {} : { uid: job.uid, gid: job.uid }),
});

let isEnding = false;
const end = () => {
	if (isEnding) return;
	isEnding = true;
	child.kill(job.signal);
	// Postgres then leaves its last writes to the next start, but takes its own processes and its lock with it, which a
	// killed one does not: nothing could start on its data.
	setTimeout(() => child.kill('SIGQUIT'), PATIENCE_MS).unref();
	setTimeout(() => child.kill('SIGKILL'), 2 * PATIENCE_MS).unref();
};
child.on('error', () => process.exit(127));
child.on('exit', (code) => {
	if (job.remove !== null) rmSync(job.remove, { recursive: true, force: true });
	process.exit(code ?? 1);
});
process.stdin.on('end', end);
process.stdin.on('error', end);
process.stdin.resume();
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
