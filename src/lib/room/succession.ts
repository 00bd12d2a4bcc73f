/**
 * How a seat takes part when the host is lost: it claims, votes, and passes its share of the round key with its vote;
 * elected, it puts the shares together. When to do what is the `Election`'s; this signs, seals and sends.
 */
import { assert } from '../game/assert.ts';
import { encodeBase64url } from '../game/bytes.ts';
import { DEAL_EVENT } from '../game/game.ts';
import { seatOf } from '../game/seats.ts';
import { Election, VOTES_COUNT_MS, type CollectedVote } from './election.ts';
import type { Mandate, FollowingContext } from './following.ts';
import type { Guest } from './guest.ts';
import { answerRequest } from './hosting.ts';
import type { Peer } from './peers.ts';
import type { Claim, Vote } from './protocol.ts';
import { joinShares, openPassed, openShare, passShare } from './shares.ts';
import { electorate, isElected, isSigned, nextTerm, voteBytes } from './votes.ts';

export class Succession {
	readonly #context: FollowingContext;
	readonly #guest: () => Guest | null;
	readonly #election: Election;
	/** The last claim of a peer that has more of the log than this page. */
	#claim: { readonly peer: Peer; readonly claim: Claim } | null = null;

	/** `onElected` is called once the votes for a claim of this player's own are enough. */
	constructor(
		context: FollowingContext,
		guest: () => Guest | null,
		onElected: (term: number, votes: readonly CollectedVote[]) => void,
		onOwn: () => void,
	) {
		this.#context = context;
		this.#guest = guest;
		const { clock, identity, peers, giveWord, wordGiven, onChange, random } = context;
		this.#election = new Election(
			{
				clock,
				self: identity.player,
				state: () => this.#state,
				rememberTerm: giveWord,
				sendClaim: (term) => {
					const { gameId: game, length, state } = guest()?.book ?? {};
					if (game === undefined || length === undefined || state == null) return;
					const claim = { type: 'claim', game, term, logTerm: state.term, length } as const;
					for (const peer of peers.all) peer.send(claim);
				},
				ownVote: (term) => this.#ownVote(term),
				onElected,
				onOwn,
				onChange,
				random,
			},
			wordGiven(),
		);
	}

	get #state() {
		return this.#guest()?.book.state ?? null;
	}

	get isHostLost(): boolean {
		return this.#election.isHostLost;
	}
	/** When this page takes over by itself, of two; ms of its clock, null when it is not about to. */
	get aloneAt(): number | null {
		return this.#election.aloneAt;
	}
	hostLost(): void {
		this.#election.hostLost();
	}
	hostFound(): void {
		this.#election.hostFound();
	}
	close(): void {
		this.#election.close();
	}

	async #ownVote(term: number): Promise<CollectedVote> {
		const { identity } = this.#context;
		const state = this.#state;
		const seat = state === null ? null : seatOf(state, identity.player);
		assert(state !== null && seat !== null, 'only a seat votes');
		const signature = encodeBase64url(await identity.sign(voteBytes(state.game, term, identity.player)));
		return { vote: { player: identity.player, signature }, seat, share: await this.#ownShare() };
	}

	/** This seat's share of the key of the round under way. */
	async #ownShare(): Promise<Uint8Array<ArrayBuffer> | null> {
		const { identity } = this.#context;
		const book = this.#guest()?.book;
		const state = this.#state;
		const seat = state === null ? null : seatOf(state, identity.player);
		if (book === undefined || state?.inner == null || seat === null) return null;
		if (state.inner.deal <= state.revealedRounds) return null;
		const dealt = book.entries.findLast(({ record }) => record.type === DEAL_EVENT);
		const share = dealt?.record.hands?.[seat]?.share ?? null;
		return share === null ? null : openShare(identity, share);
	}

	/** A seat asks to host: this one votes for it, if the host is lost for it too and it has not voted yet. */
	async answerClaim(peer: Peer, claim: Claim): Promise<void> {
		const { identity, keys, random } = this.#context;
		const { player } = peer.hello;
		const book = this.#guest()?.book;
		const state = this.#state;
		if (book === undefined || state === null || claim.game !== state.game) return;
		this.#claim = null;
		if (this.#isBehind(claim)) {
			// This page was away, and does not know yet who hosted last, nor who may vote: it learns that first.
			this.#claim = { peer, claim };
			peer.send({ type: 'request', game: claim.game, from: 0 });
			return;
		}
		// Nothing that anyone has seen is lost: what the claimant lacks goes before the vote, and also without one. It may
		// be the host itself, by events that it has lost. One that knows of a host before the last has to hear of that one
		// first: it would go on from where the two parted.
		const isOfTable = player === state.host || seatOf(state, player) !== null;
		const isOutdated = claim.logTerm < state.term;
		const from = isOutdated ? 0 : claim.length;
		if (isOfTable && book.length > from) answerRequest(book, peer, claim.game, from);
		if (isOutdated) return;
		const voters = electorate(state);
		if (!voters.includes(player) || !voters.includes(identity.player)) return;
		if (!(await this.#election.mayVote(claim.term))) return;
		// What this page has not seen when it votes, it does not see before the vote has counted, or can count no more: it
		// would be lost with a host that is found again meanwhile.
		this.#guest()?.promise(claim.term, VOTES_COUNT_MS);
		const holder = state.seats[seatOf(state, player) ?? -1];
		const share = await this.#ownShare();
		const signature = await identity.sign(voteBytes(claim.game, claim.term, player));
		peer.send({
			type: 'vote',
			game: claim.game,
			term: claim.term,
			signature: encodeBase64url(signature),
			share:
				share === null || holder?.kind !== 'human'
					? null
					: await passShare(keys, random(32), holder.boxKey, share),
		});
	}

	/** The one who claims has more of the log, or one of a later host. */
	#isBehind({ logTerm, length }: Claim): boolean {
		const book = this.#guest()?.book;
		const term = book?.state?.term ?? 0;
		return logTerm > term || (logTerm === term && length > (book?.length ?? 0));
	}

	/** The log has grown: a claim that was ahead of it can be judged. */
	async caughtUp(): Promise<void> {
		const held = this.#claim;
		if (held === null || this.#isBehind(held.claim)) return;
		await this.answerClaim(held.peer, held.claim);
	}

	async countVote(peer: Peer, message: Vote): Promise<void> {
		const { identity, keys } = this.#context;
		const { player } = peer.hello;
		const state = this.#state;
		const seat = state === null ? null : seatOf(state, player);
		if (state === null || seat === null || message.game !== state.game) return;
		const vote = { player, signature: message.signature };
		if (!(await isSigned(keys, vote, voteBytes(message.game, message.term, identity.player)))) return;
		const share = message.share === null ? null : await openPassed(identity, message.share);
		this.#election.voted(message.term, player, { vote, seat, share });
	}

	/** What makes this page the host of a log that names it, once more: its own word, for a term of its own. */
	async ownMandate(): Promise<Mandate | null> {
		const { identity, wordGiven, giveWord } = this.#context;
		const state = this.#state;
		if (state?.host !== identity.player) return null;
		const term = nextTerm('handed_over', Math.max(state.term, wordGiven()));
		await giveWord(term);
		const signature = encodeBase64url(await identity.sign(voteBytes(state.game, term, identity.player)));
		const votes = [{ player: identity.player, signature }];
		return { change: { term, reason: 'handed_over', votes }, recovered: null };
	}

	/** Whether the log as it stands now bears out that this page may host. */
	async isValid({ change }: Mandate): Promise<boolean> {
		const { identity, keys } = this.#context;
		const state = this.#state;
		return state !== null && isElected(keys, state, { ...change, host: identity.player });
	}

	/** What the votes of a won election make of this page, with the log as it stands now. */
	async mandateOf(term: number, collected: readonly CollectedVote[]): Promise<Mandate> {
		const shares = collected.flatMap(({ share }) => (share === null ? [] : [share]));
		const key = await joinShares(shares);
		return {
			change: { term, reason: 'lost', votes: collected.map(({ vote }) => vote) },
			recovered: key === null ? null : { round: this.#state?.inner?.deal ?? 0, key },
		};
	}
}
