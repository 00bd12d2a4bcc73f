/**
 * Builds the page of the transport tests and serves it, with signalling on the same port:
 *
 *     const server = await serveTransportPage(4300);
 *     await page.goto(server.url);
 *     await page.evaluate(() => window.transportPage.acceptance('links'));
 */
import { createServer } from 'node:http';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { attachSignalling } from '../../src/serve/signalling.ts';

export interface TransportServer {
	readonly url: string;
	/** Signalling messages that reached somebody, so far. */
	readonly delivered: number;
	close(): Promise<void>;
}

const SCRIPTS = {
	page: import.meta.resolve('./page.ts'),
	'y-copy': import.meta.resolve('./y-copy.ts'),
};
const HTML = '<!doctype html><title>transport</title><script type="module" src="/page.js"></script>';

/** @param port 0 for any that is free */
export async function serveTransportPage(port = 0): Promise<TransportServer> {
	const folder = await mkdtemp(join(tmpdir(), 'overtrick-transport-'));
	for (const [name, entry] of Object.entries(SCRIPTS)) await bundle(name, entry, folder);
	const server = createServer((request, response) => {
		const [path] = (request.url ?? '/').split('?');
		if (path === '/') {
			response.setHeader('content-type', 'text/html').end(HTML);
		} else if (path === '/page.js' || path === '/y-copy.js') {
			void readFile(join(folder, path)).then((script) =>
				response.setHeader('content-type', 'text/javascript').end(script),
			);
		} else {
			response.writeHead(path === '/favicon.ico' ? 204 : 404).end();
		}
	});
	const signalling = attachSignalling(server);
	await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
	return {
		url: `http://localhost:${(server.address() as AddressInfo).port}/`,
		get delivered() {
			return signalling.counts.delivered;
		},
		async close() {
			signalling.close();
			server.close();
			server.closeAllConnections();
			await rm(folder, { recursive: true });
		},
	};
}

async function bundle(name: string, entry: string, folder: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'error',
		define: { 'process.env.NODE_ENV': '"production"' },
		resolve: {
			alias: [
				{
					find: 'lib0/broadcastchannel',
					replacement: fileURLToPath(import.meta.resolve('./no-broadcast.ts')),
				},
			],
		},
		build: {
			outDir: folder,
			emptyOutDir: false,
			minify: false,
			target: 'es2022',
			lib: { entry: fileURLToPath(entry), formats: ['es'], fileName: () => `${name}.js` },
			rolldownOptions: { output: { codeSplitting: false } },
		},
	});
}
