import { describe, expect, it } from 'vitest';
import { cardsOf } from '../../../cards/deck.ts';
import type { SeatIndex } from '../../../game/game.ts';
import { EL_DORADO, type ElDoradoState } from '../../../games/el-dorado/index.ts';
import type { ElDoradoCommand, ElDoradoView } from '../../../games/el-dorado/types.ts';
import { isUrgent } from '../narrate-tricks.ts';
import { narrate, type Fact } from './narrate.ts';

const SEATS = [0, 1, 2] as SeatIndex[];
const ME = 0 as SeatIndex;

/** A game with the deck in order, and a move for whoever's turn it is: the first legal one. */
function game() {
	let state: ElDoradoState = EL_DORADO.start(EL_DORADO.defaultOptions(), SEATS.length, ME);
	const views: ElDoradoView[] = [EL_DORADO.view(state, ME)];
	return {
		views,
		deal(): void {
			state = EL_DORADO.evolve(state, EL_DORADO.deal(state, SEATS, [...cardsOf(1)]));
			views.push(EL_DORADO.view(state, ME));
		},
		move(): boolean {
			const { turn } = state;
			if (turn === null) return false;
			const seen = EL_DORADO.view(state, turn);
			const card = seen.hand.find(({ refusal }) => refusal === null)?.card;
			const command: ElDoradoCommand =
				card === undefined ? { type: 'make_bid', bid: seen.legalBids[0] ?? 0 } : { type: 'play_card', card };
			const decision = EL_DORADO.decide(state, command, turn);
			if (!decision.ok) throw new Error(decision.code);
			for (const event of decision.events) state = EL_DORADO.evolve(state, event);
			views.push(EL_DORADO.view(state, ME));
			return true;
		},
	};
}

function types(facts: readonly Fact[]): string {
	return facts.map((fact) => fact.type).join(' ');
}

describe('what is read aloud', () => {
	it('is nothing at the first look, but for the listener\u2019s own turn', () => {
		const table = game();
		table.deal();
		table.move();
		table.move();
		const view = table.views.at(-1);
		if (view === undefined) throw new Error('no view');
		expect(types(narrate(null, view))).toBe('turn');
	});

	it('tells every bid, card and trick of a round exactly once, however the looks fall', () => {
		const table = game();
		table.deal();
		while (table.move()) continue;
		const [, ...views] = table.views;
		for (const stride of [1, 2, 3, 7]) {
			const facts: Fact[] = [];
			let before = table.views[0] ?? null;
			for (let i = 0; i < views.length; i += stride) {
				const after = views[Math.min(i + stride - 1, views.length - 1)];
				if (after === undefined || before === after) continue;
				facts.push(...narrate(before, after));
				before = after;
			}
			const count = (type: Fact['type']) => facts.filter((fact) => fact.type === type).length;
			expect([count('bid'), count('played'), count('trick'), count('scored')], `stride ${stride}`).toEqual([
				3, 30, 10, 1,
			]);
		}
	});

	it('says once a round that trump is broken, at whatever look it is seen', () => {
		const table = game();
		table.deal();
		while (table.move()) continue;
		const isBroken = table.views.at(-1)?.trumpBroken;
		expect(isBroken).toBe(true);
		for (const stride of [1, 5]) {
			const looks = table.views.filter((_, i) => i % stride === 0 || i === table.views.length - 1);
			const told = looks.flatMap((view, i) => (i === 0 ? [] : narrate(looks[i - 1] ?? null, view)));
			expect(told.filter(({ type }) => type === 'broken')).toEqual([
				{ type: 'broken', suit: table.views.at(-1)?.trump },
			]);
		}
	});

	it('says the listener\u2019s turn once for each of their moves, and urgently', () => {
		const table = game();
		table.deal();
		while (table.move()) continue;
		const turns = table.views
			.flatMap((view, i) => narrate(table.views[i - 1] ?? null, view))
			.filter(isUrgent);
		// One bid and ten cards.
		expect(turns).toHaveLength(11);
	});

	it('opens a new round with what was dealt', () => {
		const table = game();
		table.deal();
		while (table.move()) continue;
		const before = table.views.at(-1) ?? null;
		table.deal();
		const after = table.views.at(-1);
		if (after === undefined) throw new Error('no view');
		expect(narrate(before, after)[0]).toEqual({ type: 'dealt', round: 2, cardsEach: 9 });
	});
});
