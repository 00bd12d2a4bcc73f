/**
 * Golden games of El Dorado: whole games with the legal cards at every play, as another program played them.
 * Hands, trump, bids and plays are fed to the engine through the same doors as at a table (a shuffled deck, then
 * commands); everything else in the file is compared with what the engine gives.
 */
import * as z from 'zod/mini';
import { SUITS, type CardId } from '../../src/lib/cards/card.ts';
import { cardsOf } from '../../src/lib/cards/deck.ts';
import { formatCard, parseCard } from '../../src/lib/cards/notation.ts';
import type { RefusalCode, SeatIndex } from '../../src/lib/game/game.ts';
import { EL_DORADO, type ElDoradoState } from '../../src/lib/games/el-dorado/index.ts';
import type { ElDoradoCommand, ElDoradoEvent } from '../../src/lib/games/el-dorado/types.ts';
import type { Tally } from './tally.ts';

const Numbers = z.array(z.number());
const CardName = z.string().check(z.refine((text) => parseCard(text) !== null, 'no such card'));
const Play = z.object({ seat: z.number(), card: CardName, legal: z.array(CardName) });
const Trick = z.object({
	leader: z.number(),
	plays: z.array(Play),
	winner: z.number(),
	winningCard: CardName,
	trumpBrokenAfter: z.boolean(),
	brokenBySeat: z.optional(z.number()),
});
const Round = z.object({
	round: z.number(),
	cardsPerPlayer: z.number(),
	dealer: z.number(),
	firstBidder: z.number(),
	leader: z.number(),
	hands: z.array(z.array(CardName)),
	trumpCard: CardName,
	trumpSuit: z.enum(SUITS),
	bidOrder: Numbers,
	bids: Numbers,
	tricks: z.array(Trick),
	tricksWon: Numbers,
	deltas: Numbers,
	cumulative: Numbers,
});
const GoldenGame = z.object({
	n: z.number(),
	playersCount: z.number(),
	decks: z.number(),
	firstDealerSeat: z.number(),
	/** House options; the default when the file does not name them. */
	options: z.optional(z.unknown()),
	rounds: z.array(Round),
	final: Numbers,
	winners: Numbers,
});
/** Strict at the top: a block that nothing here reads would be silently unchecked. */
export const ElDoradoFile = z.strictObject({
	about: z.object({ rules: z.string() }),
	games: z.array(GoldenGame),
});

type GoldenRound = z.infer<typeof Round>;
type GoldenTrick = z.infer<typeof Trick>;
type GoldenPlay = z.infer<typeof Play>;

export function checkElDorado(file: z.infer<typeof ElDoradoFile>, tally: Tally): void {
	for (const game of file.games) {
		try {
			checkGame(game, tally);
		} catch (error) {
			// The engine cannot go on from here: the rest of this game counts as one mismatch.
			tally.check('game goes on', `game ${game.n}`, false, () => String(error));
		}
	}
}

function checkGame(game: z.infer<typeof GoldenGame>, tally: Tally): void {
	const where = `game ${game.n}`;
	const options = EL_DORADO.parseOptions(game.options ?? EL_DORADO.defaultOptions());
	if (!options.ok) throw new Error('the options are none of this game');
	let state = EL_DORADO.start(options.value, game.playersCount, game.firstDealerSeat as SeatIndex);
	for (const round of game.rounds) {
		state = checkRound(state, round, game.decks, `${where} round ${round.round}`, tally);
	}
	const view = EL_DORADO.view(state, null);
	tally.check('game over', where, state.over, () => 'the game is not over');
	tally.equal('final totals', where, totalsOf(state), game.final);
	tally.equal('winners of the game', where, view.winners, game.winners);
}

function checkRound(
	before: ElDoradoState,
	round: GoldenRound,
	decks: number,
	where: string,
	tally: Tally,
): ElDoradoState {
	let state = checkDeal(before, round, decks, where, tally);
	const spoken: (SeatIndex | null)[] = [];
	for (let turn = 0; turn < round.bidOrder.length; turn += 1) {
		spoken.push(state.turn);
		const bid = round.bids[state.turn ?? 0] ?? -1;
		state = act(state, { type: 'make_bid', bid }, state.turn ?? 0, `${where} bid ${turn}`);
	}
	tally.equal('bid order', where, spoken, round.bidOrder);
	tally.equal('leader of the round', where, state.leader, round.leader);
	round.tricks.forEach((trick, index) => {
		state = checkTrick(state, trick, `${where} trick ${index + 1}`, tally);
	});
	const row = state.sheet.at(-1);
	tally.equal('tricks won', where, row?.tricks, round.tricksWon);
	tally.equal('deltas', where, row?.scores, round.deltas);
	tally.equal('cumulative totals', where, row?.totals, round.cumulative);
	return state;
}

function checkDeal(
	state: ElDoradoState,
	round: GoldenRound,
	decks: number,
	where: string,
	tally: Tally,
): ElDoradoState {
	const active = round.hands.flatMap((hand, seat) => (hand.length > 0 ? [seat as SeatIndex] : []));
	const due = EL_DORADO.dealDue(state, active);
	tally.equal('deal due', where, due, { round: round.round, decks });
	const event = EL_DORADO.deal(state, active, deckOf(round, decks));
	tally.equal('dealer', where, event.dealer, round.dealer);
	tally.equal('cards each', where, event.cardsEach, round.cardsPerPlayer);
	tally.equal(
		'hands dealt',
		where,
		event.hands.map((hand) => hand?.map(formatCard)),
		round.hands,
	);
	tally.equal('trump card', where, formatCard(event.trumpCard), round.trumpCard);
	const dealt = EL_DORADO.evolve(state, event);
	tally.equal('trump suit', where, EL_DORADO.view(dealt, null).trump, round.trumpSuit);
	tally.equal('first bidder', where, dealt.turn, round.firstBidder);
	return dealt;
}

/** The deck that deals these hands: round by round from the first bidder, trump next, what is left after it. */
function deckOf(round: GoldenRound, decks: number): CardId[] {
	const seats = round.hands.length;
	const deck: CardId[] = [];
	for (let card = 0; card < round.cardsPerPlayer; card += 1) {
		for (let step = 0; step < seats; step += 1) {
			const name = round.hands[(round.firstBidder + step) % seats]?.[card];
			if (name !== undefined) deck.push(cardOf(name));
		}
	}
	deck.push(cardOf(round.trumpCard));
	return [...deck, ...cardsOf(decks).filter((card) => !deck.includes(card))];
}

function checkTrick(before: ElDoradoState, trick: GoldenTrick, where: string, tally: Tally): ElDoradoState {
	let state = before;
	tally.equal('leader of the trick', where, state.leader, trick.leader);
	let brokenBy: number | undefined;
	trick.plays.forEach((play, index) => {
		const at = `${where} play ${index + 1}`;
		checkPlay(state, play, at, tally);
		const wasBroken = state.trumpBroken;
		state = act(state, { type: 'play_card', card: cardOf(play.card) }, play.seat, at);
		if (state.trumpBroken && !wasBroken) brokenBy = play.seat;
	});
	tally.equal('who breaks trump', where, brokenBy, trick.brokenBySeat);
	const taken = state.tricks.at(-1);
	tally.equal('winner of the trick', where, taken?.winner, trick.winner);
	tally.equal('winning card', where, taken && formatCard(taken.winningCard), trick.winningCard);
	tally.equal('trump broken after', where, state.trumpBroken, trick.trumpBrokenAfter);
	return state;
}

/** Before a play: whose turn, which cards of the hand are legal, and that each other card is refused. */
function checkPlay(state: ElDoradoState, play: GoldenPlay, where: string, tally: Tally): void {
	const seat = play.seat as SeatIndex;
	tally.equal('turn', where, state.turn, play.seat);
	const { hand, trick } = EL_DORADO.view(state, seat);
	const legal = hand.filter(({ refusal }) => refusal === null).map(({ card }) => formatCard(card));
	tally.equal('legal cards', where, legal.sort(), [...play.legal].sort());

	const untouched = JSON.stringify(state);
	const isLead = trick.length === 0;
	for (const { card, refusal } of hand) {
		if (play.legal.includes(formatCard(card))) continue;
		const code = isLead ? 'cannot_lead_trump' : 'must_follow_suit';
		checkRefused(state, seat, card, code, `${where} ${formatCard(card)}`, tally);
		tally.equal('refusal shown in hand', `${where} ${formatCard(card)}`, refusal, code);
	}
	const other = state.active.find((one) => one !== seat && (state.hands[one]?.length ?? 0) > 0);
	const foreign = other === undefined ? undefined : state.hands[other]?.[0];
	if (other !== undefined && foreign !== undefined) {
		checkRefused(state, seat, foreign, 'card_not_in_hand', `${where} foreign card`, tally);
		checkRefused(state, other, foreign, 'not_your_turn', `${where} foreign turn`, tally);
	}
	tally.check('refusals leave the state', where, JSON.stringify(state) === untouched, () => 'it changed');
}

function checkRefused(
	state: ElDoradoState,
	seat: SeatIndex,
	card: CardId,
	code: RefusalCode,
	where: string,
	tally: Tally,
): void {
	const decision = EL_DORADO.decide(state, { type: 'play_card', card }, seat);
	tally.equal(`refused: ${code}`, where, decision, { ok: false, code });
}

/** The state after a command that the file says was taken. */
function act(state: ElDoradoState, command: ElDoradoCommand, seat: number, where: string): ElDoradoState {
	const decision = EL_DORADO.decide(state, command, seat as SeatIndex);
	if (!decision.ok) throw new Error(`${where}: ${JSON.stringify(command)} is refused: ${decision.code}`);
	return decision.events.reduce<ElDoradoState>(
		(folded, event: ElDoradoEvent) => EL_DORADO.evolve(folded, event),
		state,
	);
}

function totalsOf(state: ElDoradoState): number[] {
	return state.seats.map(({ total }) => total);
}

function cardOf(name: string): CardId {
	const card = parseCard(name);
	if (card === null) throw new Error(`no card is called ${name}`);
	return card;
}
