import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createServer } from 'vite';
import { WebSocket } from 'ws';
import { signallingPlugin } from './vite-signalling.ts';

it('serves signalling on the port of the development server', async () => {
	const vite = await createServer({
		configFile: false,
		logLevel: 'silent',
		root: import.meta.dirname,
		optimizeDeps: { noDiscovery: true },
		server: { port: 0, watch: null },
		plugins: [signallingPlugin()],
	});
	await vite.listen();
	const port = (vite.httpServer?.address() as AddressInfo).port;
	const socket = new WebSocket(`ws://localhost:${port}/signal`);
	const answer = new Promise((resolve) =>
		socket.on('message', (data) => resolve((data as Buffer).toString())),
	);
	socket.on('open', () => socket.send('{"type":"ping"}'));
	expect(await answer).toBe('{"type":"pong"}');

	socket.terminate();
	await vite.close();
});
