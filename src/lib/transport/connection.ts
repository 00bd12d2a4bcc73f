/**
 * One RTCPeerConnection to one peer: the descriptions and candidates that go by signalling, ICE restarts, and the
 * one negotiated channel. It never says that it is connected (ICE is not believed): the channel's own ping does.
 *
 * Descriptions wait a quarter of a second for candidates and carry what there is; what is found later (a relay, a
 * slow STUN server) follows in few messages. On one network that is two messages a pair.
 */
import type { Clock } from '../room/clock.ts';
import type { CarrierConnection, ConnectionEvents, Description } from './carrier.ts';
import {
	bindingOf,
	buildSdp,
	Candidates,
	MAX_CANDIDATES,
	packCandidate,
	packDescription,
	PackedDescription,
} from './sdp.ts';
import type { Finding } from './transport.ts';

export interface RtcApi {
	readonly RTCPeerConnection: new (config?: RTCConfiguration) => RTCPeerConnection;
}

/** Host candidates are there in well under this; 100 ms measured with eight candidates. */
const GATHER_MS = 250;
/** Later ones are sent together. */
const LATE_CANDIDATES_MS = 100;
/** `errorCode` of a STUN or TURN server that said nothing at all (webrtc-pc 4.8.2). */
const NO_ANSWER = 701;
/** Unauthorized and forbidden (RFC 8656 18). */
const LOGIN = new Set([401, 403]);
/** The goodbye has to leave before the connection does. */
const LINGER_MS = 1_000;

/** What a connection finds out about the browser and the network it is in. */
export interface ConnectionFindings {
	/** Holds or holds no more. */
	readonly onFinding: (finding: Finding, holds: boolean) => void;
}

export interface ConnectionOptions {
	readonly clock: Clock;
	readonly rtc: RtcApi;
	readonly iceServers: readonly RTCIceServer[];
	/** Names the handshake in signalling. */
	readonly attempt: string;
	readonly isOfferer: boolean;
	readonly events: ConnectionEvents & ConnectionFindings;
}

export class Connection implements CarrierConnection {
	readonly attempt: string;
	readonly channel: RTCDataChannel;
	readonly #clock: Clock;
	readonly #isOfferer: boolean;
	readonly #events: ConnectionEvents & ConnectionFindings;
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
	#onGathered: () => void = () => undefined;
	#silentServers = 0;

	/** @throws where the browser cannot make one (too many, or a bad ICE server). */
	constructor(options: ConnectionOptions) {
		this.attempt = options.attempt;
		this.#clock = options.clock;
		this.#isOfferer = options.isOfferer;
		this.#events = options.events;
		this.#connection = new options.rtc.RTCPeerConnection({ iceServers: [...options.iceServers] });
		this.channel = this.#connection.createDataChannel('table', { negotiated: true, id: 0, ordered: true });
		this.#connection.onicecandidate = (event) => this.#found(event.candidate);
		this.#connection.onicecandidateerror = (event) => this.#serverFailed(event);
		this.#connection.onicegatheringstatechange = () => {
			if (this.#connection.iceGatheringState === 'complete') this.#gatheredAll();
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
			if (!(await this.#take('offer', offer))) return;
			await this.#describe(await this.#connection.createAnswer());
			this.#sendDescription((description) => this.#events.sendAnswer(description));
		});
	}

	answered(answer: Description): void {
		if (!this.#isOfferer || answer.round !== this.#localRound || this.#remoteRound >= answer.round) return;
		this.#remoteRound = answer.round;
		this.#do(() => this.#take('answer', answer));
	}

	candidates(round: number, sent: unknown): void {
		const candidates = Candidates.safeParse(sent).data ?? [];
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
		this.#connection.onicegatheringstatechange = null;
		this.#connection.close();
	}

	/** Closes when what the channel still holds has had time to leave. */
	closeLater(): void {
		this.channel.close();
		this.#clock.after(LINGER_MS, () => this.close());
	}

	#do(work: () => Promise<unknown>): void {
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

	/** False for what no browser would have described: the handshake is over. */
	async #take(type: 'offer' | 'answer', { round, description: sent }: Description): Promise<boolean> {
		const { data: description } = PackedDescription.safeParse(sent);
		if (description === undefined) {
			this.#events.onFailed();
			return false;
		}
		// Known before it is taken: on a busy machine the channel is open before this promise comes back.
		this.#remote = description;
		await this.#connection.setRemoteDescription({ type, sdp: buildSdp(description, round) });
		this.#takenRound = round;
		const early = this.#early.filter((entry) => entry.round === round);
		this.#early = [];
		for (const { candidates } of early) await this.#add(candidates);
		return true;
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

	/** Resolves when all addresses are known, or after a while. */
	#gathered(): Promise<void> {
		// Chromium calls the gathering complete for some ms after a restart: it means the one before.
		const isOfBefore = this.#localRound > 0 && this.#ownCandidates().length === 0;
		if (this.#connection.iceGatheringState === 'complete' && !isOfBefore) {
			this.#gatheredAll();
			return Promise.resolve();
		}
		return new Promise((resolve) => {
			const cancel = this.#clock.after(GATHER_MS, () => {
				this.#onGathered = () => undefined;
				resolve();
			});
			this.#onGathered = () => {
				cancel();
				resolve();
			};
		});
	}

	/** The browser knows all it will know of its own addresses; says what that means for the others. */
	#gatheredAll(): void {
		this.#onGathered();
		if (this.#closed) return;
		const found = this.#ownCandidates();
		const isHidden = (candidate: string): boolean => candidate.includes('.local ');
		const isServer = (candidate: string): boolean => / typ (srflx|relay)/.test(candidate);
		const events = this.#events;
		events.onFinding('no_candidates', found.length === 0);
		events.onFinding('hidden_addresses', found.length > 0 && found.every(isHidden));
		events.onFinding('servers_silent', this.#silentServers > 0 && !found.some(isServer));
		// Nobody can reach what has no address: no need to wait for the others to find out.
		if (found.length === 0) events.onFailed();
	}

	/** As the description in force or on offer has them. */
	#ownCandidates(): readonly string[] {
		const lines = this.#connection.localDescription?.sdp.match(/^a=candidate:.*$/gm) ?? [];
		return lines.flatMap((line) => packCandidate(line) ?? []);
	}

	#serverFailed({ url, errorCode }: RTCPeerConnectionIceErrorEvent): void {
		if (errorCode === NO_ANSWER) this.#silentServers++;
		// Some browsers leave the address out; only a login is answered with these two.
		else if (url ? url.startsWith('turn') && errorCode >= 400 && errorCode < 500 : LOGIN.has(errorCode)) {
			this.#events.onFinding('turn', true);
		}
	}

	#found(candidate: RTCIceCandidate | null): void {
		if (candidate === null || this.#closed) return;
		if (candidate.candidate.includes(' typ relay')) this.#events.onFinding('turn', false);
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
