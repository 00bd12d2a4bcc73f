/**
 * Was the deal fair? Anyone with the log can tell: once a round's key is published its deck is dealt again and
 * everything the host said about it is compared, card by card, and every play is checked against the open hands.
 * Once the game is over the host's secret must be the one it committed to before anybody sat down, and every key
 * must follow from it and from the players' contributions.
 *
 *     const check = await auditLog(game, book.entries, keys);
 *     check.findings.length === 0   // nothing wrong in check.rounds finished rounds
 *
 *     const audit = new Audit(game, keys);
 *     await audit.advance(book.entries);   // and again when the log has grown
 */
import { decodeBase64url, encodeBase64url } from '../game/bytes.ts';
import { DEAL_EVENT, type Game, type Hand, type SeatIndex } from '../game/game.ts';
import type { LogRecord } from '../game/log.ts';
import { activeSeats, seatsToDeal, toSeat } from '../game/seats.ts';
import { tableOf } from '../game/table.ts';
import { isTableEvent } from '../game/table-parse.ts';
import type {
	ContributionOpened,
	GameStarted,
	LogEvent,
	RoundRevealed,
	TableState,
} from '../game/table-types.ts';
import {
	contributionsOf,
	drawFirstDealer,
	handCommitment,
	isSecretOf,
	openFaceDown,
	promiseOf,
	roundBoxKey,
	roundKeyOf,
	sealFaceDown,
	sealHand,
	shuffledDeck,
} from './deal.ts';
import type { Keys } from './keys.ts';

export const FINDING_CODES = [
	/** The contributions that fix the deal are not those the players gave. */
	'wrong_contributions',
	/** Cards, trump or dealer are not what the round's key gives. */
	'wrong_deal',
	/** A hand's commitment is not of the hand that the key gives. */
	'wrong_commitment',
	/** What was sealed to a player is not the hand that the key gives. */
	'wrong_box',
	/** A play that the open hands do not allow. */
	'illegal_play',
	/** The secret is not the one committed to. */
	'wrong_secret',
	/** A round's key does not follow from the secret. */
	'wrong_key',
	/** The first dealer is not the one the secret draws. */
	'wrong_first_dealer',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
	readonly code: FindingCode;
	/** Index of the event it was found at. */
	readonly index: number;
	/** 1-based; null where it is not of one round. */
	readonly round: number | null;
	readonly seat: SeatIndex | null;
}

export interface DealCheck {
	/** Finished rounds that were dealt again and compared. */
	readonly rounds: number;
	/** The secret is out and was checked as well; of a game whose host was lost it never is for that host's rounds. */
	readonly secret: boolean;
	/** In the order of the log; empty for a fair game. */
	readonly findings: readonly Finding[];
}

interface AuditEntry {
	readonly record: LogRecord;
	readonly event: LogEvent;
}

/** A deal, and the state it was dealt to. */
interface Dealt {
	readonly index: number;
	readonly before: TableState;
}

interface Opened {
	readonly code: FindingCode | null;
	readonly event: LogEvent;
	readonly seat: SeatIndex | null;
}

export async function auditLog(game: Game, entries: readonly AuditEntry[], keys: Keys): Promise<DealCheck> {
	return new Audit(game, keys).advance(entries);
}

/** Looks at a log as it grows: nothing is looked at twice. */
export class Audit {
	readonly #game: Game;
	readonly #keys: Keys;
	readonly #isGiven: (state: TableState) => boolean;
	#entries: readonly AuditEntry[] = [];
	/** Entries that have been looked at. */
	#length = 0;
	readonly #findings: Finding[] = [];
	#state: TableState | null = null;
	#started: { index: number; event: GameStarted; before: TableState } | null = null;
	#dealt: Dealt | null = null;
	#rounds = 0;
	#hasSecret = false;
	/** Published keys of the rounds that the present host dealt, to be compared with its secret. */
	#ownKeys: { index: number; event: RoundRevealed }[] = [];

	/** @param isGiven whether the contributions in a state are those that were given, as far as this device knows */
	constructor(game: Game, keys: Keys, isGiven: (state: TableState) => boolean = () => true) {
		this.#game = game;
		this.#keys = keys;
		this.#isGiven = isGiven;
	}

	/** Goes on with all of the log as it stands now, of which it has seen the beginning. Not twice at a time. */
	async advance(entries: readonly AuditEntry[]): Promise<DealCheck> {
		const { evolve } = tableOf(this.#game);
		this.#entries = entries;
		for (const { record, event } of entries.slice(this.#length)) {
			const before = this.#state;
			if (before !== null) await this.#look(this.#length, record, event, before);
			this.#state = evolve(before, event);
			this.#length++;
		}
		return { rounds: this.#rounds, secret: this.#hasSecret, findings: [...this.#findings] };
	}

	#find(code: FindingCode, index: number, round: number | null = null, seat: SeatIndex | null = null): void {
		this.#findings.push({ code, index, round, seat });
	}

	async #look(index: number, record: LogRecord, event: LogEvent, before: TableState): Promise<void> {
		if (record.type === DEAL_EVENT) this.#dealt = { index, before };
		if (!isTableEvent(event)) return;
		switch (event.type) {
			case 'game_started':
				this.#started = { index, event, before };
				if (event.contributions !== contributionsOf(before) || !this.#isGiven(before))
					this.#find('wrong_contributions', index);
				return;
			case 'contribution_opened':
				if (!isPromised(before, event)) this.#find('wrong_contributions', index, null, event.seat);
				return;
			case 'host_changed':
				this.#ownKeys = [];
				return;
			case 'round_revealed':
				await this.#checkRound(index, event);
				return;
			case 'game_ended':
				this.#checkSecret(index, event.secret, before);
				return;
			default:
				return;
		}
	}

	async #checkRound(index: number, event: RoundRevealed): Promise<void> {
		const dealt = this.#dealt;
		const key = decodeBase64url(event.key);
		const record = dealt === null ? undefined : this.#entries[dealt.index]?.record;
		if (dealt === null || key === null || record === undefined) return;
		this.#rounds += 1;
		if (record.term === this.#state?.term) this.#ownKeys.push({ index, event });
		const roundKey = new Uint8Array(key);
		const { inner } = dealt.before;
		const active = seatsToDeal(this.#game, dealt.before);
		const plan = inner === null ? null : this.#game.dealDue(inner, active);
		if (inner === null || plan === null) return;
		const fair = this.#game.deal(inner, active, shuffledDeck(roundKey, plan.decks));
		if (!isSamePayload(this.#game.formatEvent(fair).payload, record.payload)) {
			this.#find('wrong_deal', dealt.index, event.round);
			return;
		}
		const hands = this.#game.handsOf(fair) ?? [];
		for (const [seat, hand] of hands.entries()) {
			if (hand === null || hand.length === 0) continue;
			const code = await this.#handFinding(roundKey, toSeat(seat), hand, record, dealt.before);
			if (code !== null) this.#find(code, dealt.index, event.round, toSeat(seat));
		}
		const roundBox = this.#game.laysFaceDown ? await roundBoxKey(this.#keys, roundKey) : undefined;
		if (record.roundBox !== roundBox) this.#find('wrong_box', dealt.index, event.round);
		await this.#checkPlays(dealt, fair, { end: index, round: event.round, roundKey });
	}

	async #handFinding(
		roundKey: Uint8Array<ArrayBuffer>,
		seat: SeatIndex,
		hand: Hand,
		record: LogRecord,
		before: TableState,
	): Promise<FindingCode | null> {
		const place = record.type === DEAL_EVENT ? null : record.index;
		const entry = record.hands?.[seat] ?? null;
		if (entry?.commitment !== handCommitment(roundKey, seat, hand, place)) return 'wrong_commitment';
		const holder = before.seats[seat];
		if (holder?.kind !== 'human') return null;
		const sealed = await sealHand(this.#keys, roundKey, seat, hand, holder.boxKey, place);
		return sealed.box === entry.box ? null : 'wrong_box';
	}

	/** Plays the round again with all hands open: `evolve` refuses what they do not allow. */
	async #checkPlays(
		dealt: Dealt,
		fair: LogEvent,
		{ end, round, roundKey }: { end: number; round: number; roundKey: Uint8Array<ArrayBuffer> },
	): Promise<void> {
		const { evolve } = tableOf(this.#game);
		let state = evolve(dealt.before, fair);
		for (let index = dealt.index + 1; index < end; index++) {
			const entry = this.#entries[index];
			if (entry === undefined) return;
			const { code, event, seat } = await this.#opened(entry, state, roundKey);
			if (code !== null) this.#find(code, index, round, seat);
			try {
				state = evolve(state, event);
			} catch {
				// It was taken in with the hand unseen, and does not fit the hand.
				this.#find('illegal_play', index, round, seat);
				return;
			}
		}
	}

	/** An event of the round with the cards in it that its record seals, and what is wrong with how they are sealed. */
	async #opened(
		{ record, event }: AuditEntry,
		state: TableState,
		roundKey: Uint8Array<ArrayBuffer>,
	): Promise<Opened> {
		const seat = 'seat' in event && typeof event.seat === 'number' ? toSeat(event.seat) : null;
		const down = this.#game.faceDownOf(event);
		if (down !== null) return this.#openedFaceDown(record, event, state, roundKey, down.seat);
		if (this.#game.handsOf(event) === null || state.inner === null) return { code: null, event, seat };
		const due = this.#game.owed(state.inner, seatsToDeal(this.#game, state));
		const hands = due === null ? null : this.#game.handsOf(due);
		// Not known what should come of it: the event is judged by what it says itself.
		if (hands === null) return { code: null, event, seat };
		const open = this.#game.openHands(event, hands);
		for (const [owner, hand] of hands.entries()) {
			if (hand === null) continue;
			const code = await this.#handFinding(roundKey, toSeat(owner), hand, record, state);
			if (code !== null) return { code, event: open, seat: toSeat(owner) };
		}
		return { code: null, event: open, seat };
	}

	async #openedFaceDown(
		record: LogRecord,
		event: LogEvent,
		state: TableState,
		roundKey: Uint8Array<ArrayBuffer>,
		seat: SeatIndex,
	): Promise<Opened> {
		const { faceDown } = record;
		const cards = faceDown === undefined ? null : await openFaceDown(this.#keys, roundKey, faceDown);
		if (faceDown === undefined || cards === null) return { code: 'wrong_box', event, seat };
		const holder = state.seats[seat];
		const boxKey = holder?.kind === 'human' ? holder.boxKey : null;
		const sealed = await sealFaceDown(this.#keys, roundKey, { seat, cards }, boxKey, record.index);
		const isSame = sealed.box === faceDown.box && sealed.own === faceDown.own;
		return { code: isSame ? null : 'wrong_box', event: this.#game.openFaceDown(event, cards), seat };
	}

	#checkSecret(index: number, secret: string, state: TableState): void {
		const bytes = decodeBase64url(secret);
		const started = this.#started;
		if (bytes === null || started === null) return;
		this.#hasSecret = true;
		if (!isSecretOf(secret, state.commitment)) {
			this.#find('wrong_secret', index);
			return;
		}
		const { contributions, firstDealer } = started.event;
		const seed = { game: state.game, secret: new Uint8Array(bytes), contributions };
		for (const { index: at, event } of this.#ownKeys) {
			if (encodeBase64url(roundKeyOf(seed, event.round)) !== event.key)
				this.#find('wrong_key', at, event.round);
		}
		// The first dealer was drawn by the founder's secret, which is out only when the founder hosted to the end.
		if (state.term !== 1 || started.before.rules.firstDealer !== 'drawn') return;
		if (drawFirstDealer(seed, activeSeats(started.before)) !== firstDealer) {
			this.#find('wrong_first_dealer', started.index);
		}
	}
}

/** Whether what was opened is what the seat had promised. */
function isPromised({ game, seats }: TableState, { seat, contribution }: ContributionOpened): boolean {
	const holder = seats[seat];
	return holder?.kind === 'human' && holder.contribution === promiseOf(game, holder.player, contribution);
}

/** Payloads are flat: fields of plain values and lists of them. */
function isSamePayload(a: LogRecord['payload'], b: LogRecord['payload']): boolean {
	const names = Object.keys(a);
	return (
		names.length === Object.keys(b).length &&
		names.every((name) => JSON.stringify(a[name]) === JSON.stringify(b[name]))
	);
}
