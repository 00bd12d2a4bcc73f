/**
 * The static server over a real socket, with requests written by hand where a browser would tidy them up.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer, type RunningServer } from './server.ts';
import { createStaticHandler } from './static.ts';

const APP = '<!doctype html><title>app</title>' + 'x'.repeat(2000);
const HOME = '<!doctype html><title>home</title>';
const SCRIPT = 'export const answer = 42;\n'.repeat(100);
const NAVIGATE = { accept: 'text/html,*/*', 'sec-fetch-mode': 'navigate' };

let root: string;
let server: RunningServer;

beforeAll(async () => {
	root = await mkdtemp(join(tmpdir(), 'overtrick-static-'));
	await mkdir(join(root, 'build/_app/immutable'), { recursive: true });
	await mkdir(join(root, 'build/rules'));
	await writeFile(join(root, 'secret.txt'), 'outside');
	const files: Record<string, string | Buffer> = {
		'200.html': APP,
		'index.html': HOME,
		'new.html': '<title>new</title>',
		'rules/index.html': '<title>rules</title>',
		'service-worker.js': 'self;',
		'manifest.webmanifest': '{}',
		'_app/version.json': '{}',
		'_app/immutable/a.js': SCRIPT,
		'_app/immutable/b.js': SCRIPT,
		'_app/immutable/b.js.gz': gzipSync('packed by the build'),
		'empty.txt': '',
		'sound.mp3': '0123456789',
		'.hidden': 'hidden',
	};
	for (const [name, body] of Object.entries(files)) await writeFile(join(root, 'build', name), body);
	await symlink(join(root, 'secret.txt'), join(root, 'build/link.txt'));
	server = await startServer({ root: join(root, 'build'), port: 0, host: '127.0.0.1' });
});

afterAll(async () => {
	await server.close();
	await rm(root, { recursive: true });
});

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

/** The path is sent exactly as written. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body: Buffer.concat(chunks),
				}),
			);
		});
		sent.on('error', reject);
		sent.end();
	});
}

describe('pages', () => {
	test('serves the home page at the root and prerendered pages at their address', async () => {
		expect((await ask('/', NAVIGATE)).body.toString()).toBe(HOME);
		expect((await ask('/new')).body.toString()).toContain('new');
		expect((await ask('/rules')).body.toString()).toContain('rules');
	});

	test('gives the app for a navigation to an address that is no file', async () => {
		const answer = await ask('/t/ABCDEF?x=1', NAVIGATE);
		expect(answer.status).toBe(200);
		expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
		expect(answer.body.toString()).toBe(APP);
	});

	test('takes an Accept header for a navigation when the browser sends nothing better', async () => {
		expect((await ask('/t/ABCDEF', { accept: 'text/html' })).status).toBe(200);
		expect((await ask('/t/ABCDEF', { accept: '*/*' })).status).toBe(404);
		expect((await ask('/t/ABCDEF', { accept: 'text/html', 'sec-fetch-mode': 'cors' })).status).toBe(404);
	});

	test('answers 404 for a missing script, style or picture, even to a navigation', async () => {
		for (const path of ['/_app/immutable/gone.js', '/_app/immutable/gone', '/gone.css', '/icons/gone.png']) {
			const answer = await ask(path, NAVIGATE);
			expect(answer.status).toBe(404);
			expect(answer.headers['content-type']).toContain('text/plain');
		}
	});

	test('leads an address with a trailing slash to the one without, never to another site', async () => {
		expect((await ask('/new/?a=b')).headers.location).toBe('/new?a=b');
		expect((await ask('//evil.example/')).headers.location).toBe('/evil.example');
		expect((await ask('/%2f%2fevil.example/')).headers.location).toBe('/evil.example');
		expect((await ask('/\\evil.example/')).headers.location).not.toMatch(/^\/[/\\]/);
	});
});

describe('caching', () => {
	test('keeps hashed files for ever and asks anew for pages and the service worker', async () => {
		const control = async (path: string) => (await ask(path, NAVIGATE)).headers['cache-control'];
		expect(await control('/_app/immutable/a.js')).toBe('public, max-age=31536000, immutable');
		for (const path of ['/', '/t/ABCDEF', '/service-worker.js', '/_app/version.json'])
			expect(await control(path)).toBe('no-cache');
		expect(await control('/gone.js')).toBe('no-store');
	});

	test('answers 304 to a client that has the file', async () => {
		const { headers } = await ask('/_app/immutable/a.js');
		const again = await ask('/_app/immutable/a.js', { 'if-none-match': String(headers.etag) });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const since = await ask('/_app/immutable/a.js', {
			'if-modified-since': String(headers['last-modified']),
		});
		expect(since.status).toBe(304);
		expect((await ask('/_app/immutable/a.js', { 'if-none-match': '"other"' })).status).toBe(200);
	});
});

describe('bodies', () => {
	test('packs text as br or gzip, whichever the client takes', async () => {
		const path = '/_app/immutable/a.js';
		const br = await ask(path, { 'accept-encoding': 'gzip, deflate, br' });
		expect(br.headers['content-encoding']).toBe('br');
		expect(brotliDecompressSync(br.body).toString()).toBe(SCRIPT);
		const gz = await ask(path, { 'accept-encoding': 'gzip;q=0.8, br;q=0' });
		expect(gz.headers['content-encoding']).toBe('gzip');
		expect(gunzipSync(gz.body).toString()).toBe(SCRIPT);
		const plain = await ask(path);
		expect(plain.headers['content-encoding']).toBeUndefined();
		expect(plain.body.toString()).toBe(SCRIPT);
		expect(new Set([br.headers.etag, gz.headers.etag, plain.headers.etag]).size).toBe(3);
		expect(br.headers.vary).toBe('Accept-Encoding');
	});

	test('sends what the build has packed already', async () => {
		const { body } = await ask('/_app/immutable/b.js', { 'accept-encoding': 'gzip' });
		expect(gunzipSync(body).toString()).toBe('packed by the build');
	});

	test('knows the types that browsers insist on', async () => {
		const type = async (path: string) => (await ask(path)).headers['content-type'];
		expect(await type('/_app/immutable/a.js')).toBe('text/javascript; charset=utf-8');
		expect(await type('/manifest.webmanifest')).toBe('application/manifest+json; charset=utf-8');
		expect(await type('/sound.mp3')).toBe('audio/mpeg');
	});

	test('answers HEAD with the headers of GET and no body', async () => {
		const [head, get] = [await ask('/sound.mp3', {}, 'HEAD'), await ask('/sound.mp3')];
		expect(head.body.length).toBe(0);
		expect(head.headers['content-length']).toBe('10');
		expect(head.headers.etag).toBe(get.headers.etag);
		expect((await ask('/', { 'accept-encoding': 'br' }, 'HEAD')).body.length).toBe(0);
	});

	test.each([
		['bytes=2-4', 206, '234', 'bytes 2-4/10'],
		['bytes=7-', 206, '789', 'bytes 7-9/10'],
		['bytes=-3', 206, '789', 'bytes 7-9/10'],
		['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
		['bytes=8-99', 206, '89', 'bytes 8-9/10'],
		['bytes=0-1,4-5', 200, '0123456789', undefined],
		['bytes=5-2', 200, '0123456789', undefined],
		['lines=1-2', 200, '0123456789', undefined],
	])('answers the range %s with %i', async (range, status, body, contentRange) => {
		const answer = await ask('/sound.mp3', { range });
		expect(answer.status).toBe(status);
		expect(answer.body.toString()).toBe(body);
		expect(answer.headers['content-range']).toBe(contentRange);
	});

	test('refuses a range behind the end', async () => {
		const answer = await ask('/sound.mp3', { range: 'bytes=10-' });
		expect([answer.status, answer.headers['content-range']]).toEqual([416, 'bytes */10']);
	});

	test('sends an empty file', async () => {
		expect(await ask('/empty.txt')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
	});
});

describe('what it refuses', () => {
	test.each([
		'/../secret.txt',
		'/_app/../../secret.txt',
		'/%2e%2e/secret.txt',
		'/..%2fsecret.txt',
		'/..%5csecret.txt',
		'//secret.txt',
		'/link.txt',
		'/.hidden',
		'/_app/immutable/b.js.gz.txt',
		'/constructor.js',
	])('has no way out of the folder: %s', async (path) => {
		const answer = await ask(path, NAVIGATE);
		expect(answer.status).toBe(404);
		expect(answer.body.toString()).not.toContain('outside');
	});

	test('answers 400 for an address that is not well formed', async () => {
		expect((await ask('/%E0%A4%A')).status).toBe(400);
		expect((await ask('/a%00b')).status).toBe(400);
	});

	test('answers 405 to anything but GET and HEAD', async () => {
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
			const answer = await ask('/', {}, method);
			expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
		}
	});

	test('sets its security headers on every answer', async () => {
		for (const path of ['/', '/gone.js', '/_app/immutable/a.js']) {
			const { headers } = await ask(path);
			expect(headers['x-content-type-options']).toBe('nosniff');
			expect(headers['content-security-policy']).toBe("frame-ancestors 'none'");
			expect(headers['referrer-policy']).toBe('no-referrer');
		}
	});

	test('says so when the folder holds no app', async () => {
		await expect(createStaticHandler(join(root, 'build/rules/..', '_app'))).rejects.toThrow('no built app');
	});
});

describe('the configuration', () => {
	test('is answered at /config.json by the server that has one, and kept by nobody', async () => {
		expect((await ask('/config.json')).status).toBe(404);
		const config = () => ({ iceServers: [] });
		const other = await startServer({ root: join(root, 'build'), port: 0, host: '127.0.0.1', config });
		const response = await fetch(`http://127.0.0.1:${other.port}/config.json?x`);
		expect(await response.json()).toEqual({ iceServers: [] });
		expect(response.headers.get('cache-control')).toBe('no-store');
		await other.close();
	});
});

describe('the port', () => {
	test('is the next free one when the wanted one is taken', async () => {
		const squatter = createServer();
		await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
		const address = squatter.address();
		if (address === null || typeof address === 'string') throw new Error('no port');
		const options = { root: join(root, 'build'), port: address.port, host: '127.0.0.1' };
		await expect(startServer(options)).rejects.toThrow('EADDRINUSE');
		const running = await startServer({ ...options, tries: 20 });
		expect(running.port).toBeGreaterThan(address.port);
		await running.close();
		await new Promise((resolve) => squatter.close(resolve));
	});
});
