/**
 * One RTCPeerConnection to one peer: the descriptions and candidates that go by signalling, ICE restarts, and the
 * one negotiated channel. It never says that it is connected (ICE is not believed): the channel's own ping does.
 *
 * Descriptions wait a quarter of a second for candidates and carry what there is; what is found later (a relay, a
 * slow STUN server) follows in few messages. On one network that is two messages a pair.
 */
import type { Clock } from '../room/clock.ts';
import {
	bindingOf,
	buildSdp,
	MAX_CANDIDATES,
	packCandidate,
	packDescription,
	type PackedDescription,
} from './sdp.ts';

export interface RtcApi {
	readonly RTCPeerConnection: new (config?: RTCConfiguration) => RTCPeerConnection;
}

/** Host candidates are there in well under this; 100 ms measured with eight candidates. */
const GATHER_MS = 250;
/** Later ones are sent together. */
const LATE_CANDIDATES_MS = 100;
/** The goodbye has to leave before the connection does. */
const LINGER_MS = 1_000;

export interface Description {
	readonly round: number;
	readonly description: PackedDescription;
}

export interface ConnectionEvents {
	sendOffer(description: Description): void;
	sendAnswer(description: Description): void;
	sendCandidates(round: number, candidates: string[]): void;
	/** The browser refused something; there is nothing to be saved here. */
	onFailed(): void;
	/** A TURN server refused the login, or gave a relay after all. */
	onTurn(state: 'refused' | 'works'): void;
}

export interface ConnectionOptions {
	readonly clock: Clock;
	readonly rtc: RtcApi;
	readonly iceServers: readonly RTCIceServer[];
	/** Names the handshake in signalling. */
	readonly attempt: string;
	readonly isOfferer: boolean;
	readonly events: ConnectionEvents;
}

export class Connection {
	readonly attempt: string;
	readonly channel: RTCDataChannel;
	readonly #clock: Clock;
	readonly #isOfferer: boolean;
	readonly #events: ConnectionEvents;
	readonly #connection: RTCPeerConnection;
	/** Of the last description made here, and the last taken from there; -1 before. */
	#localRound = -1;
	#remoteRound = -1;
	#local: PackedDescription | null = null;
	#remote: PackedDescription | null = null;
	/** Of the last description from there that the browser has taken: only then does it take candidates. */
	#takenRound = -1;
	/** Candidates of the local round are held until its description has left. */
	#described = false;
	#late: string[] = [];
	#cancelLate: (() => void) | null = null;
	#early: { round: number; candidates: readonly string[] }[] = [];
	#closed = false;

	/** @throws where the browser cannot make one (too many, or a bad ICE server). */
	constructor(options: ConnectionOptions) {
		this.attempt = options.attempt;
		this.#clock = options.clock;
		this.#isOfferer = options.isOfferer;
		this.#events = options.events;
		this.#connection = new options.rtc.RTCPeerConnection({ iceServers: [...options.iceServers] });
		this.channel = this.#connection.createDataChannel('table', { negotiated: true, id: 0, ordered: true });
		this.#connection.onicecandidate = (event) => this.#found(event.candidate);
		this.#connection.onicecandidateerror = (event) => {
			// Some browsers leave the address out.
			if ((event.url ?? '').startsWith('turn') && event.errorCode >= 400 && event.errorCode < 500) {
				options.events.onTurn('refused');
			}
		};
		// The one channel is agreed beforehand; another is an intruder's.
		this.#connection.ondatachannel = (event) => event.channel.close();
	}

	/** The first offer, or an ICE restart later. Only the offerer calls it. */
	offer(): void {
		if (this.#localRound > this.#remoteRound) return;
		this.#do(async () => {
			await this.#describe(await this.#connection.createOffer({ iceRestart: this.#localRound >= 0 }));
			this.#sendDescription((description) => this.#events.sendOffer(description));
		});
	}

	/** An offer of a round that was not seen yet; anything else is ignored. */
	accept(offer: Description): void {
		if (this.#isOfferer || offer.round !== this.#remoteRound + 1) return;
		this.#remoteRound = offer.round;
		this.#do(async () => {
			await this.#take('offer', offer);
			await this.#describe(await this.#connection.createAnswer());
			this.#sendDescription((description) => this.#events.sendAnswer(description));
		});
	}

	answered(answer: Description): void {
		if (!this.#isOfferer || answer.round !== this.#localRound || this.#remoteRound >= answer.round) return;
		this.#remoteRound = answer.round;
		this.#do(() => this.#take('answer', answer));
	}

	candidates(round: number, candidates: readonly string[]): void {
		if (round === this.#takenRound) void this.#add(candidates);
		else if (round > this.#takenRound && this.#early.length < MAX_CANDIDATES) {
			this.#early.push({ round, candidates });
		}
	}

	/** Both ends' fingerprints. Known when a channel is open. */
	binding(isLower: boolean): Uint8Array {
		if (this.#local === null || this.#remote === null) throw new Error('no binding before both descriptions');
		return isLower ? bindingOf(this.#local, this.#remote) : bindingOf(this.#remote, this.#local);
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#cancelLate?.();
		this.#connection.onicecandidate = null;
		this.#connection.onicecandidateerror = null;
		this.#connection.close();
	}

	/** Closes when what the channel still holds has had time to leave. */
	closeLater(): void {
		this.channel.close();
		this.#clock.after(LINGER_MS, () => this.close());
	}

	#do(work: () => Promise<void>): void {
		work().catch(() => {
			// A description the browser will not take, or a connection that closed meanwhile.
			if (!this.#closed) this.#events.onFailed();
		});
	}

	async #describe(description: RTCSessionDescriptionInit): Promise<void> {
		this.#localRound++;
		this.#described = false;
		this.#late = [];
		await this.#connection.setLocalDescription(description);
		await this.#gathered();
	}

	#sendDescription(send: (description: Description) => void): void {
		if (this.#closed) return;
		this.#local = packDescription(this.#connection.localDescription?.sdp ?? '');
		this.#described = true;
		this.#late = this.#late.filter((candidate) => this.#local?.candidates.includes(candidate) !== true);
		send({ round: this.#localRound, description: this.#local });
		this.#sendLate();
	}

	async #take(type: 'offer' | 'answer', { round, description }: Description): Promise<void> {
		// Known before it is taken: on a busy machine the channel is open before this promise comes back.
		this.#remote = description;
		await this.#connection.setRemoteDescription({ type, sdp: buildSdp(description, round) });
		this.#takenRound = round;
		const early = this.#early.filter((entry) => entry.round === round);
		this.#early = [];
		for (const { candidates } of early) await this.#add(candidates);
	}

	async #add(candidates: readonly string[]): Promise<void> {
		for (const candidate of candidates) {
			try {
				await this.#connection.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 });
			} catch {
				// One way that this browser cannot go (an address family it lacks); others may do.
			}
		}
	}

	#gathered(): Promise<void> {
		const connection = this.#connection;
		if (connection.iceGatheringState === 'complete') return Promise.resolve();
		return new Promise((resolve) => {
			const done = () => {
				cancel();
				connection.onicegatheringstatechange = null;
				resolve();
			};
			const cancel = this.#clock.after(GATHER_MS, done);
			connection.onicegatheringstatechange = () => {
				if (connection.iceGatheringState === 'complete') done();
			};
		});
	}

	#found(candidate: RTCIceCandidate | null): void {
		if (candidate === null || this.#closed) return;
		if (candidate.candidate.includes(' typ relay')) this.#events.onTurn('works');
		const packed = packCandidate(candidate.candidate);
		if (packed === null || this.#late.length >= MAX_CANDIDATES) return;
		this.#late.push(packed);
		if (this.#described) this.#cancelLate ??= this.#clock.after(LATE_CANDIDATES_MS, () => this.#sendLate());
	}

	#sendLate(): void {
		this.#cancelLate?.();
		this.#cancelLate = null;
		const candidates = this.#late;
		this.#late = [];
		if (candidates.length > 0 && !this.#closed) this.#events.sendCandidates(this.#localRound, candidates);
	}
}
