/**
 * WebRTC inside one process, for the rules of who tries what and when: connections that find each other by their
 * descriptions and carry messages at once, or that never find each other, as the test says. On the wire itself the
 * transports are tested with real connections.
 */
import type { Clock } from '../../src/lib/room/clock.ts';
import type { RtcApi } from '../../src/lib/transport/connection.ts';

export interface FakeRtc {
	/** One page's. */
	readonly api: RtcApi;
	/** Whether connections come about, and go on carrying. */
	setWorks(works: boolean): void;
	/** One page's, which meets those of `others` alone. */
	pageThatMeets(name: string, others: readonly string[]): RtcApi;
	/** Addresses that connections find of their own; with none nobody can reach them. */
	candidates: readonly string[];
	/** The constructor throws. */
	refuses: boolean;
	readonly made: number;
}

/** No two connections of a process describe themselves alike. */
let serial = 0;
const LATENCY_MS = 3;
const HOST = 'candidate:1 1 udp 7 192.0.2.1 9 typ host';

class FakeChannel {
	readyState = 'connecting';
	bufferedAmount = 0;
	binaryType = 'blob';
	bufferedAmountLowThreshold = 0;
	other: FakeChannel | null = null;
	onopen: (() => void) | null = null;
	onmessage: ((event: { data: unknown }) => void) | null = null;
	onclose: (() => void) | null = null;
	onbufferedamountlow: (() => void) | null = null;
	readonly #clock: Clock;
	readonly #passes: () => boolean;

	constructor(clock: Clock, passes: () => boolean) {
		this.#clock = clock;
		this.#passes = passes;
	}

	send(message: Uint8Array): void {
		const data = message.slice().buffer;
		this.#clock.after(LATENCY_MS, () => {
			if (this.#passes() && this.other?.readyState === 'open') this.other.onmessage?.({ data });
		});
	}

	open(other: FakeChannel): void {
		this.other = other;
		this.readyState = 'open';
		this.onopen?.();
	}

	close(): void {
		this.readyState = 'closed';
	}
}

/** @param clock of all pages */
export function createFakeRtc(clock: Clock): FakeRtc {
	let works = true;
	let made = 0;
	/** By ufrag: who described itself so. */
	const described = new Map<string, Connection>();
	const rtc = { candidates: [HOST] as readonly string[], refuses: false };

	class Connection {
		/** Of the page it is in, and whom that one meets; null: everybody. */
		static readonly page: string = '';
		static readonly meets: readonly string[] | null = null;
		onicecandidate = null;
		onicecandidateerror: ((event: object) => void) | null = null;
		onicegatheringstatechange = null;
		ondatachannel = null;
		iceGatheringState = 'complete';
		localDescription: { sdp: string } | null = null;
		readonly channel = new FakeChannel(clock, () => works);
		readonly #ufrag = `u${String(serial++).padStart(6, '0')}`;

		constructor() {
			if (rtc.refuses) throw new Error('this browser makes no connection');
			made++;
		}

		createDataChannel = () => this.channel;
		createOffer = async () => ({ type: 'offer' });
		createAnswer = async () => ({ type: 'answer' });
		addIceCandidate = async () => undefined;
		setLocalDescription = async () => {
			described.set(this.#ufrag, this);
			const hex = this.#ufrag.slice(-2).padStart(2, '0');
			this.localDescription = {
				sdp: [
					`a=ice-ufrag:${this.#ufrag}`,
					`a=ice-pwd:${'p'.repeat(24)}`,
					`a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => hex).join(':')}`,
					'a=setup:active',
					...rtc.candidates.map((candidate) => `a=${candidate}`),
					'',
				].join('\r\n'),
			};
		};
		setRemoteDescription = async ({ sdp }: { sdp: string }) => {
			const other = described.get(/a=ice-ufrag:(\S+)/.exec(sdp)?.[1] ?? '');
			if (other === undefined || rtc.candidates.length === 0 || !mayMeet(this, other)) return;
			clock.after(LATENCY_MS, () => {
				if (!works || this.channel.readyState !== 'connecting') return;
				this.channel.open(other.channel);
				if (other.channel.readyState === 'connecting') other.channel.open(this.channel);
			});
		};
		close = () => this.channel.close();
	}

	const pageOf = (connection: Connection) => connection.constructor as typeof Connection;
	const mayMeet = (a: Connection, b: Connection) =>
		[
			[pageOf(a), pageOf(b)],
			[pageOf(b), pageOf(a)],
		].every(([one, other]) => one?.meets == null || (other !== undefined && one.meets.includes(other.page)));

	return Object.assign(rtc, {
		pageThatMeets: (page: string, meets: readonly string[]) => ({
			RTCPeerConnection: class extends Connection {
				static override readonly page = page;
				static override readonly meets = meets;
			} as unknown as RtcApi['RTCPeerConnection'],
		}),
		api: { RTCPeerConnection: Connection } as unknown as RtcApi,
		setWorks: (now: boolean) => {
			works = now;
		},
		get made() {
			return made;
		},
	});
}
