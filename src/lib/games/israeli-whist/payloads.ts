/**
 * Commands and events of Israeli Whist where they enter and leave: the whole payload is checked, cards in a log stand
 * by their names, and no payload ever holds a hand or the cards of a frisch.
 */
import type { CardId } from '../../cards/card.ts';
import { formatCard } from '../../cards/notation.ts';
import { assertNever } from '../../game/assert.ts';
import type { FaceDown, Hand, SeatIndex, StandIn } from '../../game/game.ts';
import { MAX_ADJUSTMENT } from '../keeper/ledger.ts';
import {
	isOneOf,
	isWhole,
	parseCardText,
	parseFields,
	parseMaker,
	parseStandIn,
	type Fields,
} from '../payload.ts';
import { BIDS } from './auction.ts';
import { MAX_POINTS, MAX_ROUNDS } from './options.ts';
import { SEATS, bySeat } from './state.ts';
import {
	FRISCH_DIRECTIONS,
	MAX_FRISCHS,
	SEAT_COUNT,
	STRAINS,
	TRICKS,
	type Bid,
	type Direction,
	type IsraeliWhistCommand,
	type IsraeliWhistEvent,
} from './types.ts';

/** Version of every payload written now. */
const VERSION = 1;
/** More than any scoring gives in a round (5), so that no log holds a number that sums go wrong with. */
const MAX_SCORE = MAX_POINTS * (1 + TRICKS + TRICKS * TRICKS);
/** A deal more than any game of a hundred rounds needs, void ones included. */
const MAX_DEALS = 10_000;

// Commands: their shape alone. What they ask for `decide` takes, or refuses with a code.

export function parseCommand(input: unknown): IsraeliWhistCommand | null {
	const type: unknown = typeof input === 'object' && input !== null && 'type' in input ? input.type : null;
	switch (type) {
		case 'make_call': {
			const fields = parseFields(input, ['type', 'bid'], ['seat']);
			const bid = fields?.bid === null ? null : parseAskedBid(fields?.bid);
			const seat = parseAskedSeat(fields);
			return bid === undefined || seat === null ? null : { type, bid, ...seat };
		}
		case 'make_contract': {
			const fields = parseFields(input, ['type', 'contract'], ['seat']);
			const seat = parseAskedSeat(fields);
			return seat === null || !isNumber(fields?.contract)
				? null
				: { type, contract: fields.contract, ...seat };
		}
		case 'pass_cards': {
			const cards = parseList(parseFields(input, ['type', 'cards'])?.cards, TRICKS);
			return cards === null ? null : { type, cards: cards as CardId[] };
		}
		case 'play_card': {
			const card = parseFields(input, ['type', 'card'])?.card;
			return isNumber(card) ? { type, card: card as CardId } : null;
		}
		case 'enter_contracts': {
			const fields = parseFields(input, ['type', 'declarer', 'strain', 'contracts', 'frischs']);
			const contracts = parseList(fields?.contracts, SEAT_COUNT);
			const declarer = parseFour(fields?.declarer);
			if (fields === null || contracts === null || declarer === null) return null;
			if (!isOneOf(fields.strain, STRAINS) || !isNumber(fields.frischs)) return null;
			return { type, declarer, strain: fields.strain, contracts, frischs: fields.frischs };
		}
		case 'claim_trick': {
			const seat = parseAskedSeat(parseFields(input, ['type'], ['seat']));
			return seat === null ? null : { type, ...seat };
		}
		case 'undo_trick':
		case 'score_round':
		case 'finish_game':
			return parseFields(input, ['type']) === null ? null : { type };
		case 'correct_round': {
			const fields = parseFields(input, ['type', 'round', 'contracts', 'tricks']);
			const contracts = parseList(fields?.contracts, SEAT_COUNT);
			const tricks = parseList(fields?.tricks, SEAT_COUNT);
			if (contracts === null || tricks === null || !isNumber(fields?.round)) return null;
			return { type, round: fields.round, contracts, tricks };
		}
		case 'adjust_score': {
			const fields = parseFields(input, ['type', 'seat', 'points']);
			const seat = parseFour(fields?.seat);
			return seat === null || !isNumber(fields?.points) ? null : { type, seat, points: fields.points };
		}
		default:
			return null;
	}
}

function isNumber(value: unknown): value is number {
	return Number.isSafeInteger(value);
}

function parseFour(value: unknown): SeatIndex | null {
	return isWhole(value, 0, SEAT_COUNT - 1) ? (SEATS[value] ?? null) : null;
}

/** The `seat` of a command or nothing, ready to be spread into it; null when it is none of ours. */
function parseAskedSeat(fields: Fields | null): { readonly seat?: SeatIndex } | null {
	if (fields === null) return null;
	if (!Object.hasOwn(fields, 'seat')) return {};
	const seat = parseFour(fields.seat);
	return seat === null ? null : { seat };
}

/** Any number and strain: which of them may be bid is for `decide` to say. */
function parseAskedBid(value: unknown): Bid | undefined {
	const fields = parseFields(value, ['amount', 'strain']);
	if (fields === null || !isNumber(fields.amount) || !isOneOf(fields.strain, STRAINS)) return undefined;
	return { amount: fields.amount, strain: fields.strain };
}

function parseList(value: unknown, longest: number): number[] | null {
	if (!Array.isArray(value) || value.length > longest) return null;
	const entries: unknown[] = value;
	return entries.every(isNumber) ? entries : null;
}

// Events as they stand in a log.

/** The event of a stored payload; hands and passed cards stay closed (null) until the room opens them. */
export function parseEvent(type: string, v: number, payload: unknown): IsraeliWhistEvent | null {
	return v === VERSION ? parsePayload(type, payload) : null;
}

function parsePayload(type: string, payload: unknown): IsraeliWhistEvent | null {
	switch (type) {
		case 'cards_dealt': {
			const fields = parseFields(payload, ['round', 'deal', 'dealer']);
			const dealer = parseFour(fields?.dealer);
			if (!isRound(fields?.round) || !isWhole(fields.deal, 1, MAX_DEALS) || dealer === null) return null;
			return { type, round: fields.round, deal: fields.deal, dealer, hands: closed() };
		}
		case 'round_opened': {
			const fields = parseFields(payload, ['round', 'dealer']);
			const dealer = parseFour(fields?.dealer);
			return isRound(fields?.round) && dealer !== null ? { type, round: fields.round, dealer } : null;
		}
		case 'call_made': {
			const said = parseSaid(payload, 'bid');
			const bid = said?.fields.bid === null ? null : parseBid(said?.fields.bid);
			return said === null || bid === undefined ? null : { type, seat: said.seat, bid, ...said.marks };
		}
		case 'frisch_opened': {
			const fields = parseFields(payload, ['frisch', 'direction']);
			const direction = parseDirection(fields?.direction);
			if (!isWhole(fields?.frisch, 1, MAX_FRISCHS) || direction === null) return null;
			return { type, frisch: fields.frisch, direction };
		}
		case 'frisch_chosen': {
			const acted = parseActed(payload);
			return acted === null ? null : { type, seat: acted.seat, cards: null, ...acted.by };
		}
		case 'cards_exchanged': {
			const fields = parseFields(payload, ['frisch']);
			return isWhole(fields?.frisch, 1, MAX_FRISCHS)
				? { type, frisch: fields.frisch, hands: closed() }
				: null;
		}
		case 'round_passed_out': {
			const fields = parseFields(payload, ['round']);
			return isRound(fields?.round) ? { type, round: fields.round } : null;
		}
		case 'auction_won': {
			const fields = parseFields(payload, ['seat', 'bid']);
			const seat = parseFour(fields?.seat);
			const bid = parseBid(fields?.bid);
			return seat === null || bid === undefined ? null : { type, seat, bid };
		}
		case 'contract_made': {
			const said = parseSaid(payload, 'contract');
			if (said === null || !isContract(said.fields.contract)) return null;
			return { type, seat: said.seat, contract: said.fields.contract, ...said.marks };
		}
		case 'card_played': {
			const acted = parseActed(payload, 'card');
			const card = parseCardText(acted?.fields.card);
			return acted === null || card === null ? null : { type, seat: acted.seat, card, ...acted.by };
		}
		case 'trick_taken': {
			const fields = parseFields(payload, ['seat', 'card']);
			const seat = parseFour(fields?.seat);
			const card = parseCardText(fields?.card);
			return seat === null || card === null ? null : { type, seat, card };
		}
		case 'round_scored': {
			const fields = parseFields(payload, ['round', 'scores']);
			const scores = parseFourOf(fields?.scores, (entry) => isWhole(entry, -MAX_SCORE, MAX_SCORE));
			return isRound(fields?.round) && scores !== null ? { type, round: fields.round, scores } : null;
		}
		case 'end_called': {
			const by = parseMaker(parseFields(payload, ['by'])?.by, parseFour);
			return by === undefined ? null : { type, by };
		}
		default:
			return parseKept(type, payload);
	}
}

function parseKept(type: string, payload: unknown): IsraeliWhistEvent | null {
	switch (type) {
		case 'contracts_entered': {
			const fields = parseFields(payload, ['declarer', 'strain', 'contracts', 'frischs', 'by', 'at']);
			const made = parseMade(fields);
			const declarer = parseFour(fields?.declarer);
			const contracts = parseFourOf(fields?.contracts, isContract);
			if (fields === null || made === null || declarer === null || contracts === null) return null;
			const { strain, frischs } = fields;
			if (!isOneOf(strain, STRAINS) || !isWhole(frischs, 0, MAX_FRISCHS)) return null;
			return { type, declarer, strain, contracts, frischs, ...made };
		}
		case 'trick_claimed': {
			const fields = parseFields(payload, ['seat', 'at'], ['enteredBy']);
			const seat = parseFour(fields?.seat);
			const entered = parseEntered(fields);
			if (fields === null || seat === null || entered === null || !isTime(fields.at)) return null;
			return { type, seat, at: fields.at, ...entered };
		}
		case 'trick_undone': {
			const fields = parseFields(payload, ['seat', 'by', 'at', 'asAdmin']);
			const made = parseMade(fields);
			const seat = parseFour(fields?.seat);
			if (made === null || seat === null || typeof fields?.asAdmin !== 'boolean') return null;
			return { type, seat, ...made, asAdmin: fields.asAdmin };
		}
		case 'round_corrected': {
			const fields = parseFields(payload, ['round', 'contracts', 'tricks', 'by', 'at']);
			const made = parseMade(fields);
			const contracts = parseFourOf(fields?.contracts, isContract);
			const tricks = parseFourOf(fields?.tricks, isContract);
			if (made === null || contracts === null || tricks === null || !isRound(fields?.round)) return null;
			return { type, round: fields.round, contracts, tricks, ...made };
		}
		case 'score_adjusted': {
			const fields = parseFields(payload, ['seat', 'points', 'by', 'at']);
			const made = parseMade(fields);
			const seat = parseFour(fields?.seat);
			if (made === null || seat === null) return null;
			const points = fields?.points;
			return isWhole(points, -MAX_ADJUSTMENT, MAX_ADJUSTMENT) ? { type, seat, points, ...made } : null;
		}
		default:
			// No assertNever: the type of an event in a log may be anything.
			return null;
	}
}

function isRound(value: unknown): value is number {
	return isWhole(value, 1, MAX_ROUNDS);
}

/** A contract, or a number of tricks. */
function isContract(value: unknown): value is number {
	return isWhole(value, 0, TRICKS);
}

function isTime(value: unknown): value is number {
	return isWhole(value, 0, Number.MAX_SAFE_INTEGER);
}

function parseDirection(value: unknown): Direction | null {
	return isOneOf(value, FRISCH_DIRECTIONS) && value !== 'rotate' ? value : null;
}

/** undefined for what is no bid. */
function parseBid(value: unknown): Bid | undefined {
	const asked = parseAskedBid(value);
	return BIDS.find(({ amount, strain }) => amount === asked?.amount && strain === asked.strain);
}

function parseFourOf<T>(value: unknown, is: (entry: unknown) => entry is T): T[] | null {
	if (!Array.isArray(value) || value.length !== SEAT_COUNT) return null;
	const entries: unknown[] = value;
	return entries.every(is) ? entries : null;
}

/** What a seat did, by itself or through a stand-in. */
function parseActed(payload: unknown, ...names: readonly string[]) {
	const fields = parseFields(payload, ['seat', ...names], ['by']);
	const seat = parseFour(fields?.seat);
	const by: { readonly by?: StandIn } | null = fields === null ? null : parseStandIn(fields);
	return fields === null || seat === null || by === null ? null : { fields, seat, by };
}

/** What a seat said, by itself, through a stand-in, or through the admin of a keeper's table. */
function parseSaid(payload: unknown, name: string) {
	const fields = parseFields(payload, ['seat', name], ['by', 'enteredBy']);
	const seat = parseFour(fields?.seat);
	const by = fields === null ? null : parseStandIn(fields);
	const entered = parseEntered(fields);
	if (fields === null || seat === null || by === null || entered === null) return null;
	return { fields, seat, marks: { ...by, ...entered } };
}

function parseEntered(fields: Fields | null): { readonly enteredBy?: SeatIndex | null } | null {
	if (fields === null) return null;
	if (!Object.hasOwn(fields, 'enteredBy')) return {};
	const enteredBy = parseMaker(fields.enteredBy, parseFour);
	return enteredBy === undefined ? null : { enteredBy };
}

function parseMade(fields: Fields | null): { readonly by: SeatIndex | null; readonly at: number } | null {
	const by = parseMaker(fields?.by, parseFour);
	const at = fields?.at;
	return by === undefined || !isTime(at) ? null : { by, at };
}

/** What stands in the log. */
export function formatEvent(event: IsraeliWhistEvent): { readonly v: number; readonly payload: Fields } {
	return { v: VERSION, payload: payloadOf(event) };
}

function payloadOf(event: IsraeliWhistEvent): Fields {
	switch (event.type) {
		case 'cards_dealt':
			return { round: event.round, deal: event.deal, dealer: event.dealer };
		case 'cards_exchanged':
			return { frisch: event.frisch };
		case 'frisch_chosen': {
			const { seat, by } = event;
			return by === undefined ? { seat } : { seat, by };
		}
		case 'card_played': {
			const { seat, by } = event;
			const card = formatCard(event.card);
			return by === undefined ? { seat, card } : { seat, card, by };
		}
		case 'trick_taken':
			return { seat: event.seat, card: formatCard(event.card) };
		case 'round_opened':
		case 'call_made':
		case 'frisch_opened':
		case 'round_passed_out':
		case 'auction_won':
		case 'contract_made':
		case 'contracts_entered':
		case 'trick_claimed':
		case 'trick_undone':
		case 'round_scored':
		case 'round_corrected':
		case 'score_adjusted':
		case 'end_called': {
			const { type: _, ...payload } = event;
			return payload;
		}
		default:
			return assertNever(event);
	}
}

// What the room seals.

function closed(): (Hand | null)[] {
	return bySeat(() => null);
}

/** Hands of a deal or an exchange by seat; null for an event that gives out none. */
export function handsOf(event: IsraeliWhistEvent): readonly (Hand | null)[] | null {
	return event.type === 'cards_dealt' || event.type === 'cards_exchanged' ? event.hands : null;
}

export function openHands(event: IsraeliWhistEvent, hands: readonly (Hand | null)[]): IsraeliWhistEvent {
	if (event.type !== 'cards_dealt' && event.type !== 'cards_exchanged') return event;
	return { ...event, hands: bySeat((seat) => hands[seat] ?? null) };
}

export function faceDownOf(event: IsraeliWhistEvent): FaceDown | null {
	return event.type === 'frisch_chosen' ? { seat: event.seat, cards: event.cards } : null;
}

export function openFaceDown(event: IsraeliWhistEvent, cards: Hand): IsraeliWhistEvent {
	return event.type === 'frisch_chosen' ? { ...event, cards } : event;
}
