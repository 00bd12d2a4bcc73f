/**
 * `npm start`: builds the app if need be, serves it with its signalling on one port, and shows the addresses for
 * this machine and, with a QR code, for the phones in the room.
 *
 *     npm start                        port 4173, or the next that is free
 *     npm start -- --port 8080         (or PORT=8080)
 *     npm start -- --host 127.0.0.1    this machine only
 *     npm start -- --no-build          serve build/ as it is
 *
 * How browsers in different networks find each other is set in the environment: see config.ts.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { renderUnicodeCompact } from 'uqr';
import { lanAddresses } from './addresses.ts';
import { buildApp, isBuildFresh } from './build.ts';
import { readSiteConfig } from './config.ts';
import { startServer } from './server.ts';
import { attachSignalling } from './signalling.ts';

const DEFAULT_PORT = 4173;
/** Enough for a few forgotten servers; more taken ports than that mean something else is wrong. */
const PORT_TRIES = 20;

const project = resolve(import.meta.dirname, '../..');

interface Settings {
	readonly port: number;
	readonly host: string | undefined;
	readonly build: boolean;
}

/** Exits with one line when the command line makes no sense. */
function readSettings(): Settings {
	try {
		const { values } = parseArgs({
			options: {
				port: { type: 'string', short: 'p' },
				host: { type: 'string' },
				'no-build': { type: 'boolean', default: false },
			},
		});
		const text = values.port ?? process.env['PORT'] ?? String(DEFAULT_PORT);
		const port = Number(text);
		if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`no such port: ${text}`);
		return { port, host: values.host, build: !values['no-build'] };
	} catch (error) {
		return fail(error);
	}
}

function fail(error: unknown): never {
	console.error(error instanceof Error ? error.message : String(error));
	process.exit(1);
}

async function main(): Promise<void> {
	const settings = readSettings();
	const config = readSiteConfig(process.env);
	const build = resolve(project, process.env['BUILD_DIR'] ?? 'build');
	if (settings.build && !(await isBuildFresh(project, build))) {
		console.log('Building the app, this takes a moment ...');
		const startedMs = performance.now();
		await buildApp(project, build);
		console.log(`Built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
	}
	if (!existsSync(join(build, '200.html'))) throw new Error(`${build} holds no built app: run npm run build`);

	const server = await startServer({
		root: build,
		port: settings.port,
		tries: PORT_TRIES,
		config,
		attach: (http) => attachSignalling(http, { relay: config(Date.now()).relay !== false }),
		...(settings.host === undefined ? {} : { host: settings.host }),
	});
	if (settings.port !== 0 && server.port !== settings.port)
		console.log(`Port ${settings.port} is taken, using ${server.port}.`);
	showAddresses(server.port, settings.host);

	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => {
			void server.close().then(() => process.exit(0));
		});
}

function showAddresses(port: number, host: string | undefined): void {
	const lan = host === undefined || host === '0.0.0.0' || host === '::' ? lanAddresses() : [];
	console.log(`\n  Overtrick is open.\n\n  On this machine   http://localhost:${port}`);
	for (const address of lan) console.log(`  In this network   http://${address}:${port}`);
	const [first] = lan;
	if (first !== undefined) {
		const code = renderUnicodeCompact(`http://${first}:${port}/`, { border: 2 });
		console.log(`\n  For the phones in the room:\n\n${code.replace(/^/gm, '  ')}`);
	}
	console.log('\n  Ctrl+C ends it.\n');
}

main().catch(fail);
