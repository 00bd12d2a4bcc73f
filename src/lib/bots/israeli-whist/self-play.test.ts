import { describe, expect, it } from 'vitest';
import { rankOf, suitIndexOf } from '../../cards/card.ts';
import type { GameCommand, SeatIndex } from '../../game/game.ts';
import { simulatePlay } from '../../game/simulated-play.ts';
import { BOT_LEVELS, type BotLevel } from '../../game/table-types.ts';
import { ISRAELI_WHIST, type IsraeliWhistState } from '../../games/israeli-whist/index.ts';
import { PRESETS, PRESET_NAMES } from '../../games/israeli-whist/options.ts';
import { trumpSuitOf } from '../../games/israeli-whist/state.ts';
import { handNamed, optionsWith } from '../../games/israeli-whist/testing.ts';
import {
	FRISCH_DIRECTIONS,
	type IsraeliWhistCommand,
	type IsraeliWhistOptions,
	type IsraeliWhistView,
} from '../../games/israeli-whist/types.ts';
import { byBots } from '../self-play.ts';
import { contractsToWeigh } from './club.ts';
import { cardsToPass } from './frisch.ts';
import { ISRAELI_WHIST_BOT } from './index.ts';

function play(
	seed: number,
	levelOf: (seat: SeatIndex) => BotLevel,
	options: Partial<IsraeliWhistOptions> = {},
	seen: (view: IsraeliWhistView, command: IsraeliWhistCommand, state: IsraeliWhistState) => void = () =>
		undefined,
) {
	return simulatePlay({
		game: ISRAELI_WHIST,
		seats: 4,
		seed,
		options: optionsWith(options),
		choose: (state, seat, moveSeed) => {
			const view = ISRAELI_WHIST.view(state, seat);
			const command = ISRAELI_WHIST_BOT.choose(view, levelOf(seat), moveSeed) as IsraeliWhistCommand;
			seen(view, command, state);
			return command;
		},
	});
}

const ALL_OPTIONS: Partial<IsraeliWhistOptions>[] = [false, true].flatMap((passIsFinal) =>
	FRISCH_DIRECTIONS.flatMap((frischDirection, maxFrisch) =>
		PRESET_NAMES.map((name) => ({
			passIsFinal,
			frischDirection,
			maxFrisch,
			scoring: PRESETS[name],
			end: { type: 'rounds' as const, rounds: 2 },
		})),
	),
);

describe('bots of Israeli Whist', () => {
	it('never make a move that is refused, at any level and house option, frischs and void rounds among them', () => {
		// `simulatePlay` throws on the first refusal and names the seed.
		const types = new Set<string>();
		for (const level of BOT_LEVELS) {
			ALL_OPTIONS.forEach((options, seed) => {
				for (const { type } of play(seed, () => level, options).events) types.add(type);
			});
		}
		for (const type of [
			'frisch_opened',
			'cards_exchanged',
			'round_passed_out',
			'auction_won',
			'round_scored',
		]) {
			expect(types).toContain(type);
		}
	});

	it('play to a score, mixed as a table mixes them', () => {
		const end = { type: 'score', score: 100 } as const;
		const { state } = play(3, (seat) => (seat % 2 === 0 ? 'club' : 'novice'), { end });
		expect(Math.max(...state.totals)).toBeGreaterThanOrEqual(100);
	});

	it.each(BOT_LEVELS)('give the same %s game for the same seed', (level) => {
		const choose = byBots(ISRAELI_WHIST, () => level);
		const games = [7, 7, 8].map((seed) =>
			simulatePlay({ game: ISRAELI_WHIST, seats: 4, seed, options: optionsWith(), choose }),
		);
		expect(games[1]?.events).toEqual(games[0]?.events);
		expect(games[2]?.events).not.toEqual(games[0]?.events);
	});

	it.each(BOT_LEVELS)('choose as a %s from the view alone, whatever the others hold', (level) => {
		const moves: GameCommand[] = [];
		const blind: GameCommand[] = [];
		simulatePlay({
			game: ISRAELI_WHIST,
			seats: 4,
			seed: 3,
			options: optionsWith(),
			choose: (state, seat, seed) => {
				const only = <T>(list: readonly (T | null)[]) =>
					list.map((one, owner) => (owner === seat ? one : null));
				const hidden = {
					...state,
					hands: only(state.hands),
					received: only(state.received),
					chosen: state.chosen.map((one, owner) => (owner === seat || one === null ? one : { cards: null })),
				};
				blind.push(ISRAELI_WHIST_BOT.choose(ISRAELI_WHIST.view(hidden, seat), level, seed));
				const command = ISRAELI_WHIST_BOT.choose(ISRAELI_WHIST.view(state, seat), level, seed);
				moves.push(command);
				return command;
			},
		});
		expect(moves.length).toBeGreaterThan(3 * 60);
		expect(blind).toEqual(moves);
	});

	it.each(BOT_LEVELS)('never name a contract of 0 as a %s with the ace of trumps in hand', (level) => {
		let aces = 0;
		for (let seed = 0; seed < 25; seed++) {
			play(
				seed,
				() => level,
				{},
				(view, command, state) => {
					if (command.type !== 'make_contract') return;
					const trump = trumpSuitOf(state);
					const hasAce = view.hand.some(({ card }) => suitIndexOf(card) === trump && rankOf(card) === 12);
					if (!hasAce) return;
					aces += 1;
					expect(command.contract, `seed ${seed}`).toBeGreaterThan(0);
				},
			);
		}
		expect(aces).toBeGreaterThan(50);
	});

	it('name 0 with the ace of trumps only when nothing else is left', () => {
		const known = { hand: handNamed('AS 2C'), trump: 3 };
		expect(contractsToWeigh({ legalContracts: [0, 1, 2] }, known)).toEqual([1, 2]);
		expect(contractsToWeigh({ legalContracts: [0] }, known)).toEqual([0]);
		expect(contractsToWeigh({ legalContracts: [0, 1] }, { ...known, trump: 0 })).toEqual([0, 1]);
		expect(contractsToWeigh({ legalContracts: [0, 1] }, { ...known, trump: -1 })).toEqual([0, 1]);
	});

	it('pass on low cards of short suits in a frisch, and keep the long suit and its honours', () => {
		const passed = cardsToPass(handNamed('AS KS 9S 7S 4S 2S AH QH 5D 3D KC 8C 2C'));
		expect(passed.every((card) => suitIndexOf(card) !== 3)).toBe(true);
		expect(passed).toEqual(expect.arrayContaining(handNamed('5D 3D')));
		expect(passed.some((card) => rankOf(card) >= 11)).toBe(false);
	});
});

function shareOfContractsMade(games: number, level: BotLevel, options: Partial<IsraeliWhistOptions> = {}) {
	let made = 0;
	let named = 0;
	for (let seed = 0; seed < games; seed++) {
		for (const row of play(seed, () => level, { end: { type: 'rounds', rounds: 5 }, ...options }).state
			.sheet) {
			named += row.contracts.length;
			made += row.contracts.filter((contract, seat) => contract === row.tricks[seat]).length;
		}
	}
	return made / named;
}

describe('the strength of the bots of Israeli Whist', () => {
	it('is at club level three contracts made in five', () => {
		expect(shareOfContractsMade(60, 'club')).toBeGreaterThan(0.58);
	});

	it('holds at club level with every preset and with final passes', () => {
		for (const name of PRESET_NAMES) {
			const share = shareOfContractsMade(20, 'club', { scoring: PRESETS[name], passIsFinal: true });
			expect(share, name).toBeGreaterThan(0.45);
		}
	});

	it('leaves a novice something to learn, and is well ahead of it at one table', () => {
		expect(shareOfContractsMade(60, 'novice')).toBeLessThan(0.45);
		let ahead = 0;
		for (let seed = 0; seed < 40; seed++) {
			const isClub = (seat: number) => seat % 2 === seed % 2;
			const { totals } = play(seed, (seat) => (isClub(seat) ? 'club' : 'novice')).state;
			totals.forEach((total, seat) => (ahead += isClub(seat) ? total : -total));
		}
		expect(ahead / 80).toBeGreaterThan(20);
	});
});
