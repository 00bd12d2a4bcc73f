/**
 * A page's WebRTC and WebSocket as a test wants them: real ones, through which connections can be cut without a word
 * and whole pages frozen or killed. Given to a transport in place of the browser's own; no page of the app does.
 *
 *     const page = createFaultyPage({ clock, RTCPeerConnection, WebSocket });
 *     createLinks({ clock: page.page, rtc: page, ... });
 *     cutBetween(page, otherPage);
 */
import type { Clock } from '../../src/lib/room/clock.ts';
import type { RtcApi } from '../../src/lib/transport/connection.ts';
import { Page } from '../../src/lib/transport/page.ts';

interface RealApi extends RtcApi {
	readonly clock: Clock;
	readonly WebSocket: new (url: string) => WebSocket;
}

export interface FaultyPage extends RtcApi {
	/** The clock of this page, and what freezes and kills it. */
	readonly page: Page;
	readonly WebSocket: new (url: string) => WebSocket;
	readonly connections: readonly FaultyConnection[];
	/** Closes all that is really open, for the end of a test. */
	end(): void;
}

interface FaultyConnection {
	readonly real: RTCPeerConnection;
	isCut: boolean;
}

export function createFaultyPage(api: RealApi): FaultyPage {
	const page = new Page(api.clock);
	const connections: FaultyConnection[] = [];
	const sockets: WebSocket[] = [];

	function connect(config?: RTCConfiguration): RTCPeerConnection {
		const real = new api.RTCPeerConnection(config);
		const entry: FaultyConnection = { real, isCut: false };
		connections.push(entry);
		const isCut = (): boolean => entry.isCut;
		return gate(real, page, isCut, {
			createDataChannel: (label: string, init?: RTCDataChannelInit) => {
				const channel = real.createDataChannel(label, init);
				return gate(channel, page, isCut, {
					send: (data: ArrayBuffer) => {
						if (!entry.isCut && page.runs) channel.send(data);
					},
				});
			},
		});
	}

	function openSocket(url: string): WebSocket {
		const real = new api.WebSocket(url);
		sockets.push(real);
		return gate(real, page, () => false, {
			send: (data: string) => {
				if (page.runs) real.send(data);
			},
		});
	}

	return {
		page,
		// Called with `new`: what the function returns is what `new` gives.
		RTCPeerConnection: constructor(connect),
		WebSocket: constructor(openSocket),
		connections,
		end() {
			page.kill();
			for (const { real } of connections) real.close();
			for (const socket of sockets) socket.close();
		},
	};
}

/** Silences every connection the two pages have with each other now. */
export function cutBetween(a: FaultyPage, b: FaultyPage): void {
	for (const here of a.connections) {
		for (const there of b.connections) {
			const wanted = fingerprint(here.real.remoteDescription);
			if (wanted === null || wanted !== fingerprint(there.real.localDescription)) continue;
			here.isCut = true;
			there.isCut = true;
		}
	}
}

function fingerprint(description: RTCSessionDescription | null): string | null {
	return /a=fingerprint:(.*)/.exec(description?.sdp ?? '')?.[1]?.trim() ?? null;
}

/** The same object, but its events come through the page and stop when cut, and some methods are others. */
function gate<T extends object>(
	real: T,
	page: Page,
	isCut: () => boolean,
	methods: Readonly<Record<string, unknown>>,
): T {
	const handlers = new Map<string | symbol, unknown>();
	return new Proxy(real, {
		get(target, key) {
			if (typeof key === 'string' && key in methods) return methods[key];
			if (handlers.has(key)) return handlers.get(key);
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function' ? (value.bind(target) as unknown) : value;
		},
		set(target, key, value: unknown) {
			if (typeof key !== 'string' || !key.startsWith('on')) return Reflect.set(target, key, value, target);
			handlers.set(key, value);
			const hear = (event: unknown): void =>
				page.run(() => {
					const handler = handlers.get(key);
					if (typeof handler === 'function' && !isCut()) handler.call(target, event);
				});
			return Reflect.set(target, key, hear, target);
		},
	});
}

function constructor<Args extends unknown[], T extends object>(
	make: (...args: Args) => T,
): new (...args: Args) => T {
	function Made(): void {
		throw new Error('called without new');
	}
	return new Proxy(Made as unknown as new (...args: Args) => T, {
		construct: (_target, args) => make(...(args as Args)),
	});
}

/** In place of WebRTC, for pages that must not even try to connect to another. */
export const noWebrtc = function () {
	throw new Error('this page makes no connections');
} as unknown as typeof RTCPeerConnection;
