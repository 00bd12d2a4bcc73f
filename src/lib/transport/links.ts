/**
 * Our own WebRTC transport, the default: the pairs of `pairs.ts`, each on an `RTCPeerConnection` of its own
 * (`connection.ts`), from browser to browser. It also says what stands in the way where a browser, a network or a
 * TURN server refuses (`Finding`).
 *
 *     const transport = createLinks({ clock, random, rtc: globalThis, signalling, iceServers });
 *     transport.open({ topic, key, self, role: 'seat' }, handlers);
 */
import type { Clock } from '../room/clock.ts';
import type { RtcApi } from './connection.ts';
import { createPairs, type Fallback, type PairsTransport } from './pairs.ts';
import type { SignallingFactory } from './signalling.ts';

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

const HIGH_WATER_BYTES = 256 * 1024;

export function createLinks(options: LinksOptions): PairsTransport {
	const { rtc } = options;
	const pairs: PairsTransport = createPairs({
		...options,
		carrier: rtc && {
			via: 'direct',
			highWaterBytes: HIGH_WATER_BYTES,
			// A table that nobody comes to needs no connections: their code comes with the first.
			async connect(spec) {
				const { connectByWebrtc } = await import('./webrtc.ts');
				return connectByWebrtc(spec, { ...options, rtc, onFinding: (...found) => pairs.found(...found) });
			},
		},
	});
	return pairs;
}
