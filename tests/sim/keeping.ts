/**
 * What people do at a keeper's table, from what its page shows: each speaks for itself, the admin for whoever has no
 * phone and sometimes for one who has; now and then something is taken back, put right or given by hand.
 */
import { assertNever } from '../../src/lib/game/assert.ts';
import type { Command } from '../../src/lib/game/table-types.ts';
import type { SeatIndex } from '../../src/lib/game/game.ts';
import type { ElDoradoCommand, ElDoradoView } from '../../src/lib/games/el-dorado/types.ts';
import {
	STRAINS,
	TRICKS,
	type IsraeliWhistCommand,
	type IsraeliWhistView,
} from '../../src/lib/games/israeli-whist/types.ts';
import type { TableSnapshot } from '../../src/lib/room/table-client.ts';
import type { Dice } from './dice.ts';

/** Of the looks at the table in which there is something to say. */
const SPEAKS = 0.6;
/** The admin enters for a player who has a phone. */
const ENTERS_FOR_ALL = 0.15;
/** Something is put right. */
const CORRECTS = 0.02;

interface Place {
	readonly own: SeatIndex | null;
	readonly isAdmin: boolean;
	/** Nobody there can speak for itself. */
	readonly isNamed: (seat: SeatIndex) => boolean;
	readonly taken: readonly SeatIndex[];
}

export function keeperCommand(snapshot: TableSnapshot, dice: Dice): Command | null {
	const { view, seats } = snapshot;
	if (view === null || !dice.chance(SPEAKS)) return null;
	const place: Place = {
		own: snapshot.you.seat,
		isAdmin: snapshot.isAdmin,
		isNamed: (seat) => seats[seat]?.kind !== 'human',
		taken: seats.flatMap(({ kind, seat }) => (kind === 'empty' ? [] : [seat])),
	};
	switch (view.variant) {
		case 'el_dorado':
			return inElDorado(view as ElDoradoView, place, dice);
		case 'israeli_whist':
			return inWhist(view as IsraeliWhistView, place, dice);
		default:
			return assertNever(view.variant);
	}
}

/** `seat` for the one the admin speaks for; null when this page may not speak for it. */
function speaker(seat: SeatIndex, { own, isAdmin, isNamed }: Place, dice: Dice): { seat?: SeatIndex } | null {
	if (seat === own) return {};
	return isAdmin && (isNamed(seat) || dice.chance(ENTERS_FOR_ALL)) ? { seat } : null;
}

function inElDorado(view: ElDoradoView, place: Place, dice: Dice): ElDoradoCommand | null {
	const { kept, phase, turn } = view;
	if (kept === null) return null;
	if (place.isAdmin && dice.chance(CORRECTS)) return adjusted(place, dice) ?? correctedElDorado(view, dice);
	if (kept.endReached) return place.isAdmin ? { type: 'finish_game' } : null;
	if (phase === 'bidding' && turn !== null) {
		if (place.isAdmin && view.bidOrder.length === 0 && dice.chance(CORRECTS)) {
			const out = dice.pick(place.taken);
			const active = place.taken.filter((seat) => seat !== out);
			return active.length < 2 ? null : { type: 'set_active', active };
		}
		if (place.isAdmin && dice.chance(CORRECTS))
			return { type: 'enter_bids', bids: view.seats.map(({ active }) => (active ? dice.below(2) : null)) };
		const by = speaker(turn, place, dice);
		const bid = dice.pick(view.legalBids);
		return by === null || bid === null ? null : { type: 'make_bid', bid, ...by };
	}
	if (phase !== 'playing') return null;
	if (kept.mayScore) return dice.chance(0.2) ? takenBack(view, place) : { type: 'score_round' };
	const missing = view.seats.filter(({ seat, active }) => active && (kept.noted[seat] ?? null) === null);
	const seat = dice.pick(missing)?.seat ?? null;
	const left = view.cardsEach - kept.noted.reduce<number>((sum, tricks) => sum + (tricks ?? 0), 0);
	const by = seat === null ? null : speaker(seat, place, dice);
	if (by === null) return null;
	return { type: 'note_tricks', tricks: missing.length === 1 ? left : dice.between(0, left), ...by };
}

/** The own note, as somebody who has counted again. */
function takenBack({ kept }: ElDoradoView, { own }: Place): ElDoradoCommand | null {
	const isNoted = own !== null && (kept?.noted[own] ?? null) !== null;
	return isNoted ? { type: 'note_tricks', tricks: null } : { type: 'score_round' };
}

function correctedElDorado({ sheet }: ElDoradoView, dice: Dice): ElDoradoCommand | null {
	const row = dice.pick(sheet);
	if (row === null) return null;
	const { round, bids } = row;
	return { type: 'correct_round', round, bids, tricks: moved(row.tricks, dice) };
}

function inWhist(view: IsraeliWhistView, place: Place, dice: Dice): IsraeliWhistCommand | null {
	const { phase, turn, claims } = view;
	if (place.isAdmin && dice.chance(CORRECTS)) return adjusted(place, dice) ?? correctedWhist(view, dice);
	if (view.endReached) return place.isAdmin ? { type: 'finish_game' } : null;
	if ((phase === 'auction' || phase === 'contracts') && turn !== null) {
		if (place.isAdmin && dice.chance(2 * CORRECTS)) return quickEntry(place, dice);
		const by = speaker(turn, place, dice);
		if (by === null) return null;
		if (phase === 'contracts') {
			const contract = dice.pick(view.legalContracts.slice(0, 5));
			return contract === null ? null : { type: 'make_contract', contract, ...by };
		}
		const bid = dice.chance(0.7) ? null : (view.legalBids[dice.below(3)] ?? null);
		return { type: 'make_call', bid, ...by };
	}
	if (phase !== 'playing') return null;
	if (claims.length > 0 && dice.chance(0.08)) {
		const isOwn = claims.at(-1)?.seat === place.own;
		if (isOwn || place.isAdmin) return { type: 'undo_trick' };
	}
	if (view.mayScore) return { type: 'score_round' };
	if (claims.length === TRICKS) return null;
	const seat = dice.pick(place.taken);
	const by = seat === null ? null : speaker(seat, place, dice);
	return by === null ? null : { type: 'claim_trick', ...by };
}

function quickEntry({ taken }: Place, dice: Dice): IsraeliWhistCommand | null {
	const declarer = dice.pick(taken);
	const strain = dice.pick(STRAINS);
	if (declarer === null || strain === null) return null;
	return {
		type: 'enter_contracts',
		declarer,
		strain,
		contracts: [0, 1, 2, 3].map((seat) => (seat === declarer ? 5 : dice.below(2))),
		frischs: 0,
	};
}

function correctedWhist({ sheet }: IsraeliWhistView, dice: Dice): IsraeliWhistCommand | null {
	const row = dice.pick(sheet);
	if (row === null) return null;
	const { round, contracts } = row;
	const tricks = moved(row.tricks, dice).map((count) => count ?? 0);
	return { type: 'correct_round', round, contracts, tricks };
}

/** One trick from a seat that has some to another that took part. */
function moved(tricks: readonly (number | null)[], dice: Dice): (number | null)[] {
	const seats = tricks.map((_, seat) => seat).filter((seat) => tricks[seat] !== null);
	const from = dice.pick(seats.filter((seat) => (tricks[seat] ?? 0) > 0));
	const to = dice.pick(seats.filter((seat) => seat !== from));
	if (from === null || to === null) return [...tricks];
	return tricks.with(from, (tricks[from] ?? 0) - 1).with(to, (tricks[to] ?? 0) + 1);
}

function adjusted({ taken }: Place, dice: Dice): Extract<ElDoradoCommand, { type: 'adjust_score' }> | null {
	const seat = dice.pick(taken);
	return seat === null || dice.chance(0.5)
		? null
		: { type: 'adjust_score', seat, points: dice.chance(0.5) ? -100 : 25 };
}
