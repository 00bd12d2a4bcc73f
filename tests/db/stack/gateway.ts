/**
 * The one address a browser knows: `/auth/v1` is answered here, `/rest/v1` handed to PostgREST. Any page may ask, as at
 * Supabase: who may what is decided by token and database.
 */
import {
	createServer,
	request as ask,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthAnswer, AuthRequest } from './auth.ts';

/** The archive takes games of 8 MB and says so itself; this only keeps memory. Bytes. */
const MAX_BODY = 32 * 1024 * 1024;

const CORS = {
	'Access-Control-Allow-Origin': '*',
	'Access-Control-Allow-Headers': '*, authorization',
	'Access-Control-Allow-Methods': '*',
	'Access-Control-Expose-Headers': '*',
	'Access-Control-Max-Age': '86400',
};

export interface Gateway {
	readonly port: number;
	stop(): Promise<void>;
}

export interface GatewayOptions {
	readonly host: string;
	readonly port: number;
	readonly restPort: number;
	readonly auth: (request: AuthRequest) => Promise<AuthAnswer>;
}

export async function startGateway({ host, port, restPort, auth }: GatewayOptions): Promise<Gateway> {
	const server = createServer((request, response) => {
		const url = new URL(request.url ?? '/', 'http://gateway');
		if (request.method === 'OPTIONS') {
			response.writeHead(204, CORS).end();
		} else if (url.pathname.startsWith('/rest/v1/')) {
			forward(request, response, restPort);
		} else if (url.pathname.startsWith('/auth/v1/')) {
			void answerAuth(request, response, url, auth);
		} else {
			send(response, 404, { message: 'not here' });
		}
	});
	await listen(server, host, port);
	return {
		port: (server.address() as AddressInfo).port,
		stop: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			}),
	};
}

function listen(server: Server, host: string, port: number): Promise<void> {
	return new Promise((done, reject) => {
		server.once('error', reject);
		server.listen(port, host, done);
	});
}

function send(response: ServerResponse, status: number, body: unknown): void {
	if (response.headersSent) return;
	response.writeHead(status, { ...CORS, 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
	const onward = ask(
		{
			host: '127.0.0.1',
			port,
			method: request.method,
			path: (request.url ?? '').replace('/rest/v1', ''),
			headers: { ...request.headers, host: `127.0.0.1:${port}` },
		},
		(answer) => {
			// PostgREST says some of them too, in small letters; a browser refuses an answer that says one twice.
			const own = Object.entries(answer.headers).filter(([name]) => !name.startsWith('access-control-'));
			response.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(own), ...CORS });
			answer.pipe(response);
		},
	);
	onward.on('error', () => send(response, 503, { message: 'the database is not there' }));
	request.on('error', () => onward.destroy());
	response.on('close', () => onward.destroy());
	request.pipe(onward);
}

async function answerAuth(
	request: IncomingMessage,
	response: ServerResponse,
	url: URL,
	auth: GatewayOptions['auth'],
): Promise<void> {
	try {
		const body = await bodyOf(request);
		const [, token = null] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
		const { pathname, searchParams: query } = url;
		const answer = await auth({
			method: request.method ?? '',
			path: pathname.slice('/auth/v1'.length),
			query,
			body,
			token,
		});
		if (answer.location !== undefined)
			response.writeHead(answer.status, { ...CORS, Location: answer.location }).end();
		else send(response, answer.status, answer.body);
	} catch (error) {
		send(response, 500, { code: 500, msg: error instanceof Error ? error.message : 'unknown' });
	}
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += (chunk as Buffer).length;
		if (size > MAX_BODY) throw new Error('too large');
		chunks.push(chunk as Buffer);
	}
	const parsed: unknown = chunks.length === 0 ? {} : JSON.parse(Buffer.concat(chunks).toString());
	return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}
