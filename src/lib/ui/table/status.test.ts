import { describe, expect, it } from 'vitest';
import type { SeatIndex } from '../../game/game.ts';
import { DEFAULT_RULES, type Face, type PlayerId } from '../../game/table-types.ts';
import type { SeatSnapshot } from '../../room/table-client.ts';
import { isYours, statusOf } from './status.ts';

type Asked = Parameters<typeof statusOf>[0];
type AskedView = Parameters<typeof statusOf>[1];

const face: Face = { name: 'Dana', color: 0, avatar: 0 };
const seat = (index: number, part: Partial<SeatSnapshot> = {}): SeatSnapshot => ({
	seat: index as SeatIndex,
	kind: 'human',
	face,
	player: `p${index}` as PlayerId,
	botLevel: null,
	you: index === 0,
	host: index === 0,
	ready: true,
	presence: 'here',
	putOut: false,
	free: false,
	connection: 'open',
	misplays: 0,
	...part,
});
const table = (part: Partial<Asked> = {}): Asked => ({
	status: 'open',
	seats: [seat(0), seat(1), seat(2)],
	rules: DEFAULT_RULES,
	variant: 'el_dorado',
	nextRoundAt: null,
	you: { player: 'p0' as PlayerId, face, seat: 0 as SeatIndex },
	...part,
});
const view = (part: Partial<AskedView> = {}): AskedView => ({
	phase: 'playing',
	round: 3,
	turn: 1 as SeatIndex,
	trick: [],
	...part,
});

describe('the line of status', () => {
	it('says whose bid, lead or card is waited for', () => {
		expect(statusOf(table(), view({ phase: 'bidding' }))).toEqual({ kind: 'bid', seat: 1 });
		expect(statusOf(table(), view())).toEqual({ kind: 'lead', seat: 1 });
		const trick = [{ seat: 0 as SeatIndex, card: 1 as never }];
		expect(statusOf(table(), view({ trick }))).toEqual({ kind: 'play', seat: 1 });
	});

	it('knows what each phase of Israeli Whist asks', () => {
		const kinds = (['auction', 'frisch', 'contracts'] as const).map((phase) => [
			statusOf(table(), view({ phase })).kind,
			statusOf(table(), view({ phase, turn: 0 as SeatIndex })).kind,
		]);
		expect(kinds).toEqual([
			['call', 'your_call'],
			['pass', 'your_pass'],
			['contract', 'your_contract'],
		]);
	});

	it('says that it is the viewer\u2019s turn', () => {
		const status = statusOf(table(), view({ turn: 0 as SeatIndex, phase: 'bidding' }));
		expect(status).toEqual({ kind: 'your_bid' });
		expect(isYours(status)).toBe(true);
	});

	it('says who acts for a player who is away, by the table\u2019s rule', () => {
		const seats = [seat(0), seat(1, { presence: 'away' }), seat(2)];
		const kinds = (['bot', 'forced', 'wait'] as const).map(
			(onAbsence) => statusOf(table({ seats, rules: { ...DEFAULT_RULES, onAbsence } }), view()).kind,
		);
		expect(kinds).toEqual(['stand_in_bot', 'stand_in_forced', 'absent']);
	});

	it('tells a player that a stand-in plays for them, and asks them itself when nobody does', () => {
		const seats = [seat(0, { presence: 'away' }), seat(1)];
		const own = view({ turn: 0 as SeatIndex });
		for (const by of ['bot', 'forced'] as const) {
			const rules = { ...DEFAULT_RULES, onAbsence: by };
			expect(statusOf(table({ seats, rules }), own)).toEqual({ kind: 'stand_in_for_you', by });
		}
		const waits = { ...DEFAULT_RULES, onAbsence: 'wait' } as const;
		expect(statusOf(table({ seats, rules: waits }), own).kind).toBe('your_lead');
	});

	it('asks nothing of a player who has left, and says that the round is played to its end', () => {
		const own = view({ turn: 0 as SeatIndex });
		for (const presence of ['left', 'returning'] as const) {
			const kinds = (['bot', 'forced', 'wait'] as const).map((onAbsence) => {
				const seats = [seat(0, { presence }), seat(1)];
				return statusOf(table({ seats, rules: { ...DEFAULT_RULES, onAbsence } }), own);
			});
			expect(kinds.map(({ kind }) => kind)).toEqual(['stand_in_bot', 'stand_in_forced', 'stand_in_forced']);
			expect(kinds.some(isYours)).toBe(false);
		}
	});

	it('puts the host out of reach before the turn, and the end before everything', () => {
		expect(statusOf(table({ status: 'host_away' }), view()).kind).toBe('host_away');
		expect(statusOf(table({ status: 'host_away' }), view({ phase: 'over', turn: null })).kind).toBe('over');
	});

	it('tells a rest between rounds from a first deal and from too few players', () => {
		const resting = view({ phase: 'dealing', turn: null });
		expect(statusOf(table(), resting).kind).toBe('round_over');
		expect(statusOf(table(), { ...resting, round: 0 }).kind).toBe('dealing');
		const seats = [seat(0), seat(1, { presence: 'left' }), seat(2, { kind: 'empty', face: null })];
		expect(statusOf(table({ seats }), resting)).toEqual({ kind: 'need_players', players: 2 });
		const whist = { variant: 'israeli_whist', seats: [seat(0), seat(1), seat(2)] } as const;
		expect(statusOf(table(whist), resting)).toEqual({ kind: 'need_players', players: 4 });
		// The stand-in plays for the fourth: a round is on its way.
		expect(statusOf(table({ ...whist, nextRoundAt: 9 }), resting).kind).toBe('round_over');
	});
});
