/**
 * One HTTP server on one port: the built app, and whatever else is attached to the same server (signalling).
 * What `npm start`, the browser tests and the benches all run.
 *
 *     const running = await startServer({ root: 'build', port: 4173 });
 *     console.log(running.port);
 *     await running.close();
 */
import { createServer, type Server } from 'node:http';
import { answerConfig, type SiteConfig } from './config.ts';
import { createStaticHandler } from './static.ts';

export interface ServeOptions {
	/** Folder of the built app. */
	readonly root: string;
	/** 0: any free port. */
	readonly port: number;
	/** Address to listen on; every one of the machine when left out. */
	readonly host?: string;
	/** When the port is taken: how many of the following are tried. */
	readonly tries?: number;
	/** What `/config.json` answers at a time, in ms since 1970; left out, the build's own file is served if it has one. */
	readonly config?: (now: number) => SiteConfig;
	/** Gets the server before it listens, and is closed with it. */
	readonly attach?: (server: Server) => { close(): void };
}

export interface RunningServer {
	readonly port: number;
	/** Ends open connections as well. */
	close(): Promise<void>;
}

/** Throws when no port is free or the folder holds no app. */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
	const serveFile = await createStaticHandler(options.root);
	const { config } = options;
	const server = createServer((request, response) => {
		if (config === undefined || !answerConfig(request, response, config)) serveFile(request, response);
	});
	const attached = options.attach?.(server);
	const port = await listen(server, options);
	return {
		port,
		close: async () => {
			attached?.close();
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}

async function listen(server: Server, options: ServeOptions): Promise<number> {
	const last = options.port === 0 ? 0 : Math.min(options.port + (options.tries ?? 0), 65_535);
	for (let port = options.port; ; port += 1) {
		try {
			return await listenOn(server, port, options.host);
		} catch (error) {
			const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
			if (!taken || port >= last) throw error;
		}
	}
}

function listenOn(server: Server, port: number, host: string | undefined): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(host === undefined ? { port } : { port, host }, () => {
			server.off('error', reject);
			const address = server.address();
			if (address === null || typeof address === 'string') {
				reject(new Error('the server listens on no port'));
				return;
			}
			resolve(address.port);
		});
	});
}
