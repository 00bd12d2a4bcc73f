/**
 * Commands and events of El Dorado where they enter and leave: the whole payload is checked, cards in a log
 * stand by their names ("QH*"), and no payload ever holds a hand.
 */
import type { CardId } from '../../cards/card.ts';
import { formatCard } from '../../cards/notation.ts';
import { assertNever } from '../../game/assert.ts';
import { MAX_SEATS, type Hand, type SeatIndex } from '../../game/game.ts';
import {
	isWhole,
	parseBySeat,
	parseCardText,
	parseFields,
	parseSeat,
	parseStandIn,
	type Fields,
} from '../payload.ts';
import { parseAskedSeat, parseEntered, parseKeeperCommand, parseKeeperEvent } from './keeping-payloads.ts';
import { MIN_SEATS } from './state.ts';
import {
	ROUNDS,
	type BidMade,
	type CardPlayed,
	type CardsDealt,
	type ElDoradoCommand,
	type ElDoradoEvent,
	type RoundScored,
	type TrickTaken,
} from './types.ts';

/** Version of every payload written now. */
const VERSION = 1;
/** More than any scoring gives in a round (5), so that no log holds a number that sums go wrong with. */
const MAX_POINTS = 100;

/**
 * A command from a peer: its shape alone. Which bid or card it is, and whether a stand-in made it, is not for a
 * peer to say: any whole number passes here, and `decide` refuses it with its code (7).
 */
export function parseCommand(input: unknown): ElDoradoCommand | null {
	const bid = parseFields(input, ['type', 'bid'], ['seat']);
	const seat = parseAskedSeat(bid);
	if (bid?.type === 'make_bid' && seat !== null && Number.isSafeInteger(bid.bid)) {
		return { type: 'make_bid', bid: bid.bid as number, ...seat };
	}
	const play = parseFields(input, ['type', 'card']);
	if (play?.type === 'play_card' && Number.isSafeInteger(play.card)) {
		return { type: 'play_card', card: play.card as CardId };
	}
	return parseKeeperCommand(input);
}

/** The event of a stored payload; hands of a deal stay closed (null) until the room opens them. */
export function parseEvent(type: string, v: number, payload: unknown): ElDoradoEvent | null {
	if (v !== VERSION) return null;
	switch (type) {
		case 'cards_dealt':
			return parseCardsDealt(parseFields(payload, DEAL_KEYS));
		case 'bid_made':
			return parseBidMade(parseFields(payload, ['seat', 'bid'], ['by', 'enteredBy']));
		case 'card_played':
			return parseCardPlayed(parseFields(payload, ['seat', 'card'], ['by']));
		case 'trick_taken':
			return parseTrickTaken(parseFields(payload, ['seat', 'card']));
		case 'round_scored':
			return parseRoundScored(parseFields(payload, ['round', 'scores']));
		default:
			return parseKeeperEvent(type, payload);
	}
}

/** What stands in the log. */
export function formatEvent(event: ElDoradoEvent): { readonly v: number; readonly payload: Fields } {
	return { v: VERSION, payload: payloadOf(event) };
}

function payloadOf(event: ElDoradoEvent): Fields {
	switch (event.type) {
		case 'cards_dealt': {
			const { round, dealer, active, cardsEach, trumpCard, hands } = event;
			return { round, dealer, seats: hands.length, active, cardsEach, trumpCard: formatCard(trumpCard) };
		}
		case 'bid_made':
		case 'round_opened':
		case 'active_set':
		case 'bids_entered':
		case 'tricks_noted':
		case 'round_corrected':
		case 'score_adjusted':
		case 'end_called': {
			const { type: _, ...payload } = event;
			return payload;
		}
		case 'card_played': {
			const { seat, by } = event;
			const card = formatCard(event.card);
			return by === undefined ? { seat, card } : { seat, card, by };
		}
		case 'trick_taken':
			return { seat: event.seat, card: formatCard(event.card) };
		case 'round_scored':
			return { round: event.round, scores: event.scores };
		default:
			return assertNever(event);
	}
}

const DEAL_KEYS = ['round', 'dealer', 'seats', 'active', 'cardsEach', 'trumpCard'] as const;

function parseCardsDealt(fields: Fields | null): CardsDealt | null {
	if (fields === null) return null;
	const { round, seats, cardsEach } = fields;
	const dealer = parseSeat(fields.dealer);
	const trumpCard = parseCardText(fields.trumpCard);
	if (!isWhole(round, 1, ROUNDS) || !isWhole(cardsEach, 1, ROUNDS)) return null;
	if (!isWhole(seats, MIN_SEATS, MAX_SEATS) || dealer === null || trumpCard === null) return null;
	const active = parseBySeat(fields.active, (entry) => {
		const seat = parseSeat(entry);
		return seat !== null && seat < seats ? seat : undefined;
	});
	if (active === null) return null;
	const hands = closedHands(seats, active);
	return { type: 'cards_dealt', round, dealer, active, cardsEach, trumpCard, hands };
}

function closedHands(seats: number, active: readonly SeatIndex[]): (Hand | null)[] {
	const hands: (Hand | null)[] = Array.from({ length: seats }, () => []);
	for (const seat of active) hands[seat] = null;
	return hands;
}

function parseBidMade(fields: Fields | null): BidMade | null {
	if (fields === null) return null;
	const seat = parseSeat(fields.seat);
	const by = parseStandIn(fields);
	const entered = parseEntered(fields);
	if (seat === null || by === null || entered === null || !isWhole(fields.bid, 0, ROUNDS)) return null;
	return { type: 'bid_made', seat, bid: fields.bid, ...by, ...entered };
}

function parseCardPlayed(fields: Fields | null): CardPlayed | null {
	if (fields === null) return null;
	const seat = parseSeat(fields.seat);
	const card = parseCardText(fields.card);
	const by = parseStandIn(fields);
	return seat === null || card === null || by === null ? null : { type: 'card_played', seat, card, ...by };
}

function parseTrickTaken(fields: Fields | null): TrickTaken | null {
	if (fields === null) return null;
	const seat = parseSeat(fields.seat);
	const card = parseCardText(fields.card);
	return seat === null || card === null ? null : { type: 'trick_taken', seat, card };
}

function parseRoundScored(fields: Fields | null): RoundScored | null {
	if (fields === null || !isWhole(fields.round, 1, ROUNDS)) return null;
	const scores = parseBySeat(fields.scores, (entry) =>
		entry === null || isWhole(entry, -MAX_POINTS, MAX_POINTS) ? entry : undefined,
	);
	return scores === null ? null : { type: 'round_scored', round: fields.round, scores };
}

/** Hands of a deal by seat; null for an event that deals nothing. */
export function handsOf(event: ElDoradoEvent): readonly (Hand | null)[] | null {
	return event.type === 'cards_dealt' ? event.hands : null;
}

/** The deal with these hands in it, absent seats' empty ones kept; any other event as it is. */
export function openHands(event: ElDoradoEvent, hands: readonly (Hand | null)[]): ElDoradoEvent {
	if (event.type !== 'cards_dealt') return event;
	const closed = closedHands(event.hands.length, event.active);
	return { ...event, hands: closed.map((hand, seat) => (hand === null ? (hands[seat] ?? null) : hand)) };
}
