/**
 * Makes the WebRTC connection of a link, with the ICE servers of the moment. What cannot be had or read of them is
 * left out: neighbours in one network need none.
 */
import type { Clock } from '../room/clock.ts';
import type { ConnectionSpec } from './carrier.ts';
import { Connection, type ConnectionFindings, type RtcApi } from './connection.ts';

export interface WebrtcOptions extends ConnectionFindings {
	readonly clock: Clock;
	readonly rtc: RtcApi;
	readonly iceServers: () => Promise<readonly RTCIceServer[]>;
}

/** A configuration server that is slower than this must not keep two neighbours apart. */
const ICE_SERVERS_MS = 3_000;

/** Rejects where the browser makes no connection at all. */
export async function connectByWebrtc(spec: ConnectionSpec, options: WebrtcOptions): Promise<Connection> {
	const { clock, rtc, onFinding } = options;
	const servers = await iceServersWithin(ICE_SERVERS_MS, options);
	const connect = (iceServers: readonly RTCIceServer[]): Connection | null => {
		try {
			return new Connection({ ...spec, clock, rtc, iceServers, events: { ...spec.events, onFinding } });
		} catch {
			// It has no more of them, its owner forbids them, or it cannot read one of the servers.
			return null;
		}
	};
	const whole = servers === null ? null : connect(servers);
	const connection = whole ?? connect([]);
	onFinding('ice_servers', whole === null && connection !== null);
	onFinding('webrtc_refused', connection === null);
	if (connection === null) throw new Error('the browser makes no connection');
	return connection;
}

/** Null when they cannot be had, or not in time. */
function iceServersWithin(
	limitMs: number,
	{ clock, iceServers }: WebrtcOptions,
): Promise<readonly RTCIceServer[] | null> {
	return new Promise((resolve) => {
		const done = (servers: readonly RTCIceServer[] | null): void => {
			cancel();
			resolve(servers);
		};
		const cancel = clock.after(limitMs, () => done(null));
		iceServers().then(done, () => done(null));
	});
}
