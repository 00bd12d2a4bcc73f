import { describe, expect, it } from 'vitest';
import { nodeKeys } from '../../../tests/sim/node-keys.ts';
import type { EventHash } from '../game/log.ts';
import { parseRoomCode } from '../game/room-code.ts';
import { toSeat } from '../game/seats.ts';
import { bytes32, faceNamed, GAME_ID, HOST, openTable } from '../game/testing.ts';
import type { Command } from '../game/table-types.ts';
import { EL_DORADO } from '../games/el-dorado/index.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createFakeClock } from './clock.ts';
import { Contributing } from './contributing.ts';
import { OwnRecord } from './own-record.ts';
import type { TableRecord } from './store.ts';

const CODE = parseRoomCode('ABCDEF');
const CALL = new Uint8Array(32).fill(1) as EventHash;
/** After a fork: the host has gone on from before the call, and calls again. */
const OTHER_CALL = new Uint8Array(32).fill(2) as EventHash;
const seat = toSeat(1);

/** A page of Dana's at a table whose start is called, with her promise in its log. */
async function calledPage() {
	if (CODE === null) throw new Error('a room code');
	const store = createMemoryStore();
	const identity = await nodeKeys().identity({ sign: new Uint8Array(32).fill(3), box: new Uint8Array(32) });
	const clock = createFakeClock();
	const asked: Command[] = [];
	const pageOf = (row: TableRecord) => {
		const faults = { onFault: fail, onFaultOver: () => undefined, isOver: () => false };
		const record = new OwnRecord({ record: row, store, identity, clock }, faults);
		const contributing = new Contributing({
			identity,
			random: (bytes) => new Uint8Array(bytes).fill(7),
			record,
			ask: async (command) => {
				asked.push(command);
				return { ok: true };
			},
			onFault: fail,
		});
		return { record, contributing };
	};
	const row: TableRecord = {
		code: CODE,
		secret: null,
		founder: null,
		solo: false,
		game: GAME_ID,
		variant: 'el_dorado',
		stage: 'lobby',
		round: 0,
		others: [],
		result: null,
		votedTerm: 0,
		updatedAt: 1,
	};
	const page = pageOf(row);
	const table = openTable({ game: EL_DORADO, rules: { seats: 2 }, created: { promises: true } });
	const contribution = await page.contributing.give(GAME_ID, table.state);
	const face = faceNamed('Dana');
	table.take(identity.player, { type: 'take_seat', seat, face, boxKey: bytes32(1), contribution });
	table.take(identity.player, { type: 'set_ready', ready: true });
	table.take(HOST, { type: 'start_game' });
	/** The page as it is after a reload. */
	const reloaded = async () => pageOf((await store.table(CODE)) ?? row);
	return { ...page, state: table.state, asked, later: clock.settle, reloaded };
}
function fail(error: unknown): void {
	throw error;
}

describe('what a player gives to the deal', () => {
	it('is opened for one call alone, also after a reload: whoever has heard it could fit its own to it', async () => {
		const { contributing, state, asked, later, reloaded } = await calledPage();
		contributing.follow({ state, call: CALL });
		await later();
		expect(asked.map(({ type }) => type)).toEqual(['open_contribution']);
		// The answer was lost.
		contributing.follow({ state, call: CALL });
		await later();
		expect(asked).toHaveLength(2);
		contributing.follow({ state, call: OTHER_CALL });
		await later();
		const again = await reloaded();
		again.contributing.follow({ state, call: OTHER_CALL });
		await later();
		expect(asked).toHaveLength(2);
		again.contributing.follow({ state, call: CALL });
		await later();
		expect(asked).toHaveLength(3);
	});

	it('is not what it gave where the log has it under another call', async () => {
		const { contributing, record, state, later } = await calledPage();
		contributing.follow({ state, call: CALL });
		await later();
		const [number = null] = record.given(GAME_ID);
		const started = { ...state, opened: [bytes32(9), number] };
		expect(record.hasGiven(started, CALL)).toBe(true);
		expect(record.hasGiven(started, OTHER_CALL)).toBe(false);
		expect(record.hasGiven({ ...state, opened: [bytes32(9), bytes32(8)] }, CALL)).toBe(false);
	});
});
