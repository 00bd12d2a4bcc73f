import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createServer } from 'vite';
import { WebSocket } from 'ws';
import { signallingPlugin } from './vite-signalling.ts';

it('serves signalling and the configuration on the port of the development server', async () => {
	const vite = await createServer({
		configFile: false,
		logLevel: 'silent',
		root: import.meta.dirname,
		optimizeDeps: { noDiscovery: true },
		server: { port: 0, watch: null },
		plugins: [signallingPlugin({ ICE_SERVERS: '[{"urls":"stun:a.example"}]' })],
	});
	await vite.listen();
	const port = (vite.httpServer?.address() as AddressInfo).port;
	const socket = new WebSocket(`ws://localhost:${port}/signal`);
	const answer = new Promise((resolve) =>
		socket.on('message', (data) => resolve((data as Buffer).toString())),
	);
	socket.on('open', () => socket.send('{"type":"ping"}'));
	expect(await answer).toBe('{"type":"pong"}');

	for (const path of ['/config.json', '/cards/config.json?x']) {
		const response = await fetch(`http://localhost:${port}${path}`);
		expect(await response.json()).toEqual({ iceServers: [{ urls: 'stun:a.example' }] });
	}

	socket.terminate();
	await vite.close();
});
