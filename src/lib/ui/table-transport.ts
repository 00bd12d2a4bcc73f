/**
 * How a table's page reaches the others: WebRTC first, what neighbours or the server carry for it else, by all the
 * signalling that the site names. What only some sites or some networks need is loaded by those.
 */
import { systemClock } from '../room/clock.ts';
import { randomBytes } from '../room/keys.ts';
import { createFallback } from '../transport/fallback.ts';
import { createLinks } from '../transport/links.ts';
import type { Fallback } from '../transport/pairs.ts';
import type { SignallingFactory } from '../transport/signalling.ts';
import { createSocketSignalling } from '../transport/socket-signalling.ts';
import type { Transport } from '../transport/transport.ts';
import { SUPABASE, type SiteConfig } from './site-config.ts';

export async function transportFor(config: SiteConfig): Promise<Transport> {
	const { iceServers, relay } = config;
	// Old browsers and some embedded ones have no WebRTC, whatever the types say.
	const RTCPeerConnection: typeof globalThis.RTCPeerConnection | undefined = globalThis.RTCPeerConnection;
	const parts = {
		clock: systemClock,
		random: randomBytes,
		signalling: await signallingFor(config),
	};
	const direct = (fallback?: Fallback) =>
		createLinks({
			...parts,
			rtc: RTCPeerConnection === undefined ? null : { RTCPeerConnection },
			iceServers: () => Promise.resolve(iceServers),
			fallback,
		});
	return createFallback({
		clock: systemClock,
		direct,
		relays: relay,
		carried: async ({ neighbours, ...way }) => {
			const { createRelay } = await import('../transport/relay.ts');
			return createRelay({
				...parts,
				...way,
				...(neighbours === null ? {} : { signalling: neighbours.signalling, rate: neighbours.rate }),
			});
		},
	});
}

async function signallingFor({ signalling, supabase }: SiteConfig): Promise<SignallingFactory> {
	const parts = { clock: systemClock, random: randomBytes };
	const urls = signalling.filter((address) => address !== SUPABASE);
	const sockets = createSocketSignalling({ ...parts, urls });
	if (supabase === null || urls.length === signalling.length) return sockets;
	const [{ createRealtimeSignalling }, { severalSignalling }] = await Promise.all([
		import('../transport/realtime-signalling.ts'),
		import('../transport/several-signalling.ts'),
	]);
	return severalSignalling([sockets, createRealtimeSignalling({ ...parts, ...supabase })]);
}
