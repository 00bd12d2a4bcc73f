/**
 * Our own WebRTC transport, the default: the pairs of `pairs.ts`, each on an `RTCPeerConnection` of its own
 * (`connection.ts`), from browser to browser. It also says what stands in the way where a browser, a network or a
 * TURN server refuses (`Finding`).
 *
 *     const transport = createLinks({ clock, random, rtc: globalThis, signalling, iceServers });
 *     transport.open({ topic, key, self, role: 'seat' }, handlers);
 */
import type { Clock } from '../room/clock.ts';
import type { Carrier } from './carrier.ts';
import type { RtcApi } from './connection.ts';
import { createPairs, type Fallback, type PairsTransport } from './pairs.ts';
import type { SignallingFactory } from './signalling.ts';
import type { Finding } from './transport.ts';

export interface LinksOptions {
	readonly clock: Clock;
	readonly random: (bytes: number) => Uint8Array;
	/** Null where the browser has no WebRTC: the transport then says `no_webrtc` and, without a fallback, does nothing. */
	readonly rtc: RtcApi | null;
	readonly signalling: SignallingFactory;
	/** Asked for every connection, so that short-lived TURN credentials are fresh; cache what may be cached. */
	readonly iceServers: () => Promise<readonly RTCIceServer[]>;
	readonly fallback?: Fallback | undefined;
}

/** A configuration server that is slower than this must not keep two neighbours apart. */
const ICE_SERVERS_MS = 3_000;
const HIGH_WATER_BYTES = 256 * 1024;

export function createLinks(options: LinksOptions): PairsTransport {
	const { rtc } = options;
	const pairs: PairsTransport = createPairs({
		...options,
		carrier: rtc === null ? null : webrtcCarrier(options, rtc, (...found) => pairs.found(...found)),
	});
	return pairs;
}

function webrtcCarrier(
	options: LinksOptions,
	rtc: RtcApi,
	onFinding: (finding: Finding, holds: boolean) => void,
): Carrier {
	const iceServers = (): Promise<readonly RTCIceServer[]> =>
		new Promise((resolve) => {
			const done = (servers: readonly RTCIceServer[], failed: boolean): void => {
				cancel();
				onFinding('ice_servers', failed);
				resolve(servers);
			};
			const cancel = options.clock.after(ICE_SERVERS_MS, () => done([], true));
			options.iceServers().then(
				(servers) => done(servers, false),
				() => done([], true),
			);
		});
	return {
		via: 'direct',
		highWaterBytes: HIGH_WATER_BYTES,
		async connect({ attempt, isOfferer, events }) {
			const [{ Connection }, servers] = await Promise.all([import('./connection.ts'), iceServers()]);
			try {
				const connection = new Connection({
					clock: options.clock,
					rtc,
					iceServers: servers,
					attempt,
					isOfferer,
					events: { ...events, onFinding },
				});
				onFinding('webrtc_refused', false);
				return connection;
			} catch (error) {
				onFinding('webrtc_refused', true);
				throw error;
			}
		},
	};
}
