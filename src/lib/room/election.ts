/**
 * Losing the host, as one seat lives it. When it holds the host lost it claims the next term, after those who sit
 * before it have had their chance; it votes for the first who claims, once a term; and it is host when more than half
 * have voted for it. Whoever has more of the log than the one who claims sends the rest before its vote, so that
 * nothing any of them has seen is lost.
 *
 * It knows nothing of links or logs: the session tells it what happens and does what it says.
 */
import type { SeatIndex } from '../game/game.ts';
import type { PlayerId, SignedVote, TableState } from '../game/table-types.ts';
import type { Clock } from './clock.ts';
import { electorate, isTermFor, nextTerm, votesNeeded } from './votes.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Between one seat's claim and the next seat's, ms: time for a claim to arrive and be answered. */
const CLAIM_STAGGER_MS = 500;
/** The first claim waits for the others to notice, ms. */
const FIRST_CLAIM_MS = 150;
/** Two humans: nobody can confirm that the other is gone, so the one left waits, visibly, ms. */
export const ALONE_MS = 10_000;
/** After its majority a new host still waits for late votes and the longer logs that come with them, ms. */
const GATHER_MS = 300;
/**
 * A vote for a term further ahead than this is not given: one seat could use up all numbers there are. Claims of a
 * seat that nobody hears for a month stay below it.
 */
const MAX_TERMS_AHEAD = 1_000_000;
/** A claim that found no majority is made again, ms. */
const CLAIM_AGAIN_MS = 2_500;
/** For how long the votes for a claim count, ms from the claim on. */
export const VOTES_COUNT_MS = CLAIM_AGAIN_MS + GATHER_MS;
/** Up to so much later, at random: two that claim in step, each with its own vote, would do so for ever. */
const JITTER_MS = 1_024;

export interface CollectedVote {
	readonly vote: SignedVote;
	readonly seat: SeatIndex;
	readonly share: Bytes | null;
}

export interface ElectionPorts {
	readonly clock: Clock;
	readonly self: PlayerId;
	/** The log as it stands now. */
	readonly state: () => TableState | null;
	/** Persists before it resolves: a reloaded page must not vote again. */
	readonly rememberTerm: (term: number) => Promise<void>;
	readonly sendClaim: (term: number) => void;
	/** This player's own vote, with its own share of the round key. */
	readonly ownVote: (term: number) => Promise<CollectedVote>;
	readonly onElected: (term: number, votes: readonly CollectedVote[]) => void;
	/** The log names this player as the host, and nobody else has come: it goes on by its own word. */
	readonly onOwn: () => void;
	readonly onChange: () => void;
	readonly random: (bytes: number) => Uint8Array;
}

export class Election {
	readonly #ports: ElectionPorts;
	/** The highest term this player has voted in. */
	#votedTerm: number;
	/** The term of this player's own claim, null when it makes none, and when it was sent, ms. */
	#claimed: number | null = null;
	#claimedAt = 0;
	#votes = new Map<PlayerId, CollectedVote>();
	#isLost = false;
	#claimAt: number | null = null;
	#cancel: () => void = () => undefined;

	constructor(ports: ElectionPorts, votedTerm: number) {
		this.#ports = ports;
		this.#votedTerm = votedTerm;
	}

	get isHostLost(): boolean {
		return this.#isLost;
	}

	/** When this page takes over by itself, of two; ms of its clock, null when it is not about to. */
	get aloneAt(): number | null {
		const state = this.#ports.state();
		if (!this.#isLost || state === null) return null;
		return electorate(state).length === 1 || this.#isOwn(state) ? this.#claimAt : null;
	}

	hostLost(): void {
		if (this.#isLost) return;
		this.#isLost = true;
		this.#schedule(this.#ownDelayMs());
	}

	hostFound(): void {
		if (!this.#isLost) return;
		this.#isLost = false;
		this.#stop();
	}

	/** Whether to vote for a claim of this term; remembers it. The caller has checked game, link and seat. */
	async mayVote(term: number): Promise<boolean> {
		const state = this.#ports.state();
		if (!this.#isLost || state === null) return false;
		const reached = Math.max(state.term, this.#votedTerm);
		if (term <= reached || term > reached + MAX_TERMS_AHEAD || !isTermFor('lost', term)) return false;
		this.#votedTerm = term;
		await this.#ports.rememberTerm(term);
		// The other is on its way: stand back, and claim only if nothing comes of it.
		this.#claimed = null;
		this.#scheduleAgain(VOTES_COUNT_MS);
		return true;
	}

	voted(term: number, player: PlayerId, vote: CollectedVote): void {
		const state = this.#ports.state();
		if (state === null || term !== this.#claimed || !electorate(state).includes(player)) return;
		this.#votes.set(player, vote);
		this.#count(state);
	}

	close(): void {
		this.#stop();
	}

	/** Seats claim in order; a player whom the log does not count among those here never does. */
	#ownDelayMs(): number | null {
		const state = this.#ports.state();
		if (state === null || state.stage === 'finished') return null;
		// It stopped hosting, for another that never came, or without the secret it had dealt with.
		if (this.#isOwn(state)) return ALONE_MS;
		const voters = electorate(state);
		const rank = voters.indexOf(this.#ports.self);
		if (rank < 0) return null;
		return voters.length === 1 ? ALONE_MS : FIRST_CLAIM_MS + rank * CLAIM_STAGGER_MS;
	}

	#isOwn(state: TableState): boolean {
		return state.host === this.#ports.self;
	}

	#scheduleAgain(afterMs = CLAIM_AGAIN_MS): void {
		const [high = 0, low = 0] = this.#ports.random(2);
		this.#schedule(afterMs + (this.#ownDelayMs() ?? 0) + ((high * 256 + low) % JITTER_MS));
	}

	#schedule(delayMs: number | null): void {
		this.#stop();
		if (delayMs === null) return;
		const { clock, onChange } = this.#ports;
		this.#claimAt = clock.now() + delayMs;
		this.#cancel = clock.after(delayMs, () => void this.#claim());
		onChange();
	}

	#stop(): void {
		this.#cancel();
		this.#cancel = () => undefined;
		this.#claimAt = null;
		this.#claimed = null;
		this.#votes.clear();
	}

	async #claim(): Promise<void> {
		const { clock, state, rememberTerm, sendClaim, ownVote, self } = this.#ports;
		const before = state();
		if (before === null || !this.#isLost) return;
		if (this.#isOwn(before)) {
			this.#stop();
			this.#isLost = false;
			this.#ports.onOwn();
			return;
		}
		const term = nextTerm('lost', Math.max(before.term, this.#votedTerm));
		this.#scheduleAgain();
		this.#votedTerm = term;
		this.#claimed = term;
		await rememberTerm(term);
		const own = await ownVote(term);
		if (this.#claimed !== term) return;
		this.#claimedAt = clock.now();
		sendClaim(term);
		this.voted(term, self, own);
	}

	/** A page that was frozen since its claim: those who voted have long gone on without it. */
	get #isStale(): boolean {
		return this.#ports.clock.now() > this.#claimedAt + VOTES_COUNT_MS;
	}

	#count(state: TableState): void {
		const term = this.#claimed;
		const voters = electorate(state).length;
		if (term === null || this.#isStale || this.#votes.size < votesNeeded(state)) return;
		// Everybody has answered: nothing more can come.
		const waitMs = this.#votes.size === voters ? 0 : GATHER_MS;
		this.#cancel();
		this.#cancel = this.#ports.clock.after(waitMs, () => {
			if (this.#isStale) {
				this.#scheduleAgain();
				return;
			}
			const votes = [...this.#votes.values()];
			this.#isLost = false;
			this.#stop();
			this.#ports.onElected(term, votes);
		});
	}
}
