/**
 * Serves the built app over HTTP. The folder is read once, at the start, into a table of the paths there are;
 * a request is looked up in that table and nowhere else, so no path can lead out of the folder.
 *
 * - Hashed files (`_app/immutable`) may be kept for ever; pages and the service worker are asked for anew.
 * - A missing script, style or picture is a 404, never a page: a page in its place would break a running app.
 * - A navigation to an address that is no file gets the app (`200.html`), which finds the page itself.
 * - Text is sent as br or gzip: the file's own `.br` or `.gz` when the build made one, else packed once here.
 *
 *     const handle = await createStaticHandler('build');
 *     createServer((request, response) => handle(request, response));
 */
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type StaticHandler = (request: IncomingMessage, response: ServerResponse) => void;

const TYPES: Readonly<Record<string, string>> = {
	'.avif': 'image/avif',
	'.css': 'text/css; charset=utf-8',
	'.html': 'text/html; charset=utf-8',
	'.ico': 'image/x-icon',
	'.jpg': 'image/jpeg',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.map': 'application/json; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.mp3': 'audio/mpeg',
	'.m4a': 'audio/mp4',
	'.ogg': 'audio/ogg',
	'.png': 'image/png',
	'.svg': 'image/svg+xml; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.wav': 'audio/wav',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.webp': 'image/webp',
	'.woff2': 'font/woff2',
	'.xml': 'application/xml; charset=utf-8',
};

/** Formats that are packed already gain nothing by being packed again. */
const COMPRESSIBLE = /^(text\/|application\/(json|manifest|xml|wasm)|image\/(svg|x-icon))/;
/** Below this a packed answer is not smaller once its headers are counted. */
const MIN_COMPRESS_BYTES = 512;

/** The address of a file that a client may keep for ever: its name holds the hash of its content. */
const IMMUTABLE = /^\/_app\/immutable\//;
const ONE_YEAR_S = 31_536_000;

/** What a page may not do, and what may not be done to it; scripts are ruled by the policy inside the page. */
const SECURITY_HEADERS: Readonly<Record<string, string>> = {
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Content-Security-Policy': "frame-ancestors 'none'",
	'Cross-Origin-Opener-Policy': 'same-origin',
	'Cross-Origin-Resource-Policy': 'same-origin',
	// A table's address names the table: it is nobody else's business.
	'Referrer-Policy': 'no-referrer',
	// Permission for camera or microphone lets WebRTC show a device's own addresses to its neighbours.
	'Permissions-Policy': 'camera=(self), microphone=(self), geolocation=(), payment=(), usb=(), midi=()',
};

interface StaticFile {
	readonly path: string;
	readonly type: string;
	readonly bytes: number;
	readonly etag: string;
	readonly modified: string;
	readonly cacheControl: string;
	/** Paths of the files packed by the build. */
	readonly packed: Readonly<Partial<Record<Encoding, string>>>;
}

type Encoding = 'br' | 'gzip';
const SUFFIX: Readonly<Record<Encoding, string>> = { br: '.br', gzip: '.gz' };

/** Reads the folder; throws when it holds no app. */
export async function createStaticHandler(root: string): Promise<StaticHandler> {
	const files = await readFiles(root);
	const fallback = files.get('/200.html') ?? files.get('/index.html');
	if (fallback === undefined) throw new Error(`${root} holds no built app (neither 200.html nor index.html)`);
	/** Packed answers, by encoding and path; the folder never changes while it is served. */
	const packs = new Map<string, Promise<Buffer>>();

	return (request, response) => {
		answer(request, response, files, fallback, packs).catch((error: unknown) => {
			// A client that went away in mid-answer is no fault of the server.
			if (response.headersSent) {
				response.destroy();
				return;
			}
			console.error(`${String(request.method)} ${String(request.url)}:`, error);
			sendText(response, 500, 'The server could not read this file.');
		});
	};
}

/** Every file below the root by the path it is asked for with; links and hidden files are left out. */
async function readFiles(root: string): Promise<ReadonlyMap<string, StaticFile>> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	const paths = entries
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map((entry) => join(entry.parentPath, entry.name));
	const known = new Set(paths);
	const files = new Map<string, StaticFile>();
	for (const path of paths) {
		const url = `/${relative(root, path).split(sep).join('/')}`;
		const { size, mtime } = await stat(path);
		const packed: Partial<Record<Encoding, string>> = {};
		for (const encoding of ['br', 'gzip'] as const)
			if (known.has(path + SUFFIX[encoding])) packed[encoding] = path + SUFFIX[encoding];
		files.set(url, {
			path,
			type: TYPES[extname(path)] ?? 'application/octet-stream',
			bytes: size,
			etag: `"${size.toString(36)}-${mtime.getTime().toString(36)}"`,
			modified: mtime.toUTCString(),
			cacheControl: IMMUTABLE.test(url) ? `public, max-age=${ONE_YEAR_S}, immutable` : 'no-cache',
			packed,
		});
	}
	return files;
}

async function answer(
	request: IncomingMessage,
	response: ServerResponse,
	files: ReadonlyMap<string, StaticFile>,
	fallback: StaticFile,
	packs: Map<string, Promise<Buffer>>,
): Promise<void> {
	for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.setHeader('Allow', 'GET, HEAD');
		sendText(response, 405, 'Only GET and HEAD are served here.');
		return;
	}
	const [rawPath, query] = splitOnce(request.url ?? '/', '?');
	const path = decodePath(rawPath);
	if (path === null) {
		sendText(response, 400, 'This address is not well formed.');
		return;
	}
	if (path.length > 1 && path.endsWith('/')) {
		// One address a page. Leading slashes are dropped too: `//name/` would lead to another site.
		const target = `/${path.replace(/^\/+|\/+$/g, '')}`;
		response.setHeader('Location', encodeURI(target) + (query === undefined ? '' : `?${query}`));
		sendText(response, 308, 'Moved.');
		return;
	}
	const file = find(path, files) ?? (isNavigation(request, path) ? fallback : undefined);
	if (file === undefined) {
		response.setHeader('Cache-Control', 'no-store');
		sendText(response, 404, 'Not found.');
		return;
	}
	await sendFile(request, response, file, packs);
}

function find(path: string, files: ReadonlyMap<string, StaticFile>): StaticFile | undefined {
	if (path === '/') return files.get('/index.html');
	// Prerendered pages stand beside their address: /rules is rules.html or rules/index.html.
	return files.get(path) ?? files.get(`${path}.html`) ?? files.get(`${path}/index.html`);
}

/** A browser that opens an address, and not a page asking for one of its parts. */
function isNavigation(request: IncomingMessage, path: string): boolean {
	if (path.startsWith('/_app/') || path.slice(path.lastIndexOf('/')).includes('.')) return false;
	const mode = request.headers['sec-fetch-mode'];
	if (mode !== undefined) return mode === 'navigate';
	return (request.headers.accept ?? '').includes('text/html');
}

async function sendFile(
	request: IncomingMessage,
	response: ServerResponse,
	file: StaticFile,
	packs: Map<string, Promise<Buffer>>,
): Promise<void> {
	response.setHeader('Content-Type', file.type);
	response.setHeader('Cache-Control', file.cacheControl);
	response.setHeader('Last-Modified', file.modified);
	const compressible = COMPRESSIBLE.test(file.type) && file.bytes >= MIN_COMPRESS_BYTES;
	if (compressible) response.setHeader('Vary', 'Accept-Encoding');

	const range = request.headers.range;
	const encoding = compressible && range === undefined ? pickEncoding(request) : null;
	// A packed answer is another body, so it has another tag.
	const etag = encoding === null ? file.etag : `${file.etag.slice(0, -1)}-${encoding}"`;
	response.setHeader('ETag', etag);
	if (isFresh(request, etag, file.modified)) {
		response.writeHead(304).end();
		return;
	}

	if (encoding !== null) {
		const body = await pack(file, encoding, packs);
		response.writeHead(200, { 'Content-Encoding': encoding, 'Content-Length': body.length });
		response.end(request.method === 'HEAD' ? undefined : body);
		return;
	}

	response.setHeader('Accept-Ranges', 'bytes');
	const part = range === undefined ? null : parseRange(range, file.bytes);
	if (part === 'unsatisfiable') {
		response.setHeader('Content-Range', `bytes */${file.bytes}`);
		sendText(response, 416, 'The file is shorter than that.');
		return;
	}
	const start = part?.start ?? 0;
	const end = part?.end ?? file.bytes - 1;
	response.setHeader('Content-Length', end - start + 1);
	if (part !== null) response.setHeader('Content-Range', `bytes ${start}-${end}/${file.bytes}`);
	response.writeHead(part === null ? 200 : 206);
	if (request.method === 'HEAD' || file.bytes === 0) {
		response.end();
		return;
	}
	const stream = createReadStream(file.path, { start, end });
	stream.on('error', () => response.destroy());
	response.on('close', () => stream.destroy());
	stream.pipe(response);
}

function pack(file: StaticFile, encoding: Encoding, packs: Map<string, Promise<Buffer>>): Promise<Buffer> {
	const key = `${encoding} ${file.path}`;
	let body = packs.get(key);
	if (body === undefined) {
		const prepared = file.packed[encoding];
		body = prepared === undefined ? compress(file.path, encoding) : readFile(prepared);
		packs.set(key, body);
		// A failed read is tried again by the next request.
		body.catch(() => packs.delete(key));
	}
	return body;
}

async function compress(path: string, encoding: Encoding): Promise<Buffer> {
	const bytes = await readFile(path);
	if (encoding === 'gzip') return promisify(gzip)(bytes, { level: 9 });
	// 9 of 11: the last two levels take ten times as long for a few hundredths.
	return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

function pickEncoding(request: IncomingMessage): Encoding | null {
	const header = request.headers['accept-encoding'];
	const accepted = (Array.isArray(header) ? header.join(',') : (header ?? ''))
		.split(',')
		.map((part) => part.trim().toLowerCase())
		.filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
		.map((part) => part.split(';')[0]);
	if (accepted.includes('br')) return 'br';
	return accepted.includes('gzip') ? 'gzip' : null;
}

function isFresh(request: IncomingMessage, etag: string, modified: string): boolean {
	const tags = request.headers['if-none-match'];
	if (tags !== undefined)
		return tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');
	return request.headers['if-modified-since'] === modified;
}

/** One range of `bytes=a-b`, `a-` or `-n`; null for anything else, which is then answered whole (RFC 9110 14.2). */
function parseRange(header: string, size: number): { start: number; end: number } | 'unsatisfiable' | null {
	const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
	const [, first, last] = match ?? [];
	if (first === undefined || last === undefined || (first === '' && last === '')) return null;
	if (first === '') {
		const length = Math.min(Number(last), size);
		return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return null;
	return start >= size ? 'unsatisfiable' : { start, end };
}

/** The path with its escapes read, or null when they make no text or smuggle in a zero byte. */
function decodePath(path: string): string | null {
	try {
		const decoded = decodeURIComponent(path);
		return decoded.startsWith('/') && !decoded.includes('\0') ? decoded : null;
	} catch {
		// Escapes that are no UTF-8 name no file.
		return null;
	}
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
	const at = text.indexOf(separator);
	return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function sendText(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, {
		'Content-Type': 'text/plain; charset=utf-8',
		'Content-Length': Buffer.byteLength(text),
	});
	response.end(response.req.method === 'HEAD' ? undefined : text);
}
