import { describe, expect, it } from 'vitest';
import { parseLogFile } from '../../src/lib/game/log-file.ts';
import { decodeRecord } from '../../src/lib/game/log.ts';
import { inOneLine, openRecording, recordings } from './recordings.ts';

const GAMES = recordings();
const textOf = (name: string): string => {
	const game = GAMES.find((one) => one.name === name);
	if (game === undefined) throw new Error(`no game is called ${name}`);
	return game.text;
};

describe('a game that was recorded once', () => {
	it.each(GAMES.map((game) => [game.name, game] as const))(
		'%s: shows the same positions for ever',
		async (_, { text, positions }) => {
			const game = await openRecording(text);
			const places = Object.keys(positions).map(Number);
			expect(places.length).toBeGreaterThan(3);
			for (const at of places) expect(inOneLine(game.sceneAt(at)), `position ${at}`).toBe(positions[at]);
			expect(game.events).toHaveLength(Math.max(...places));
		},
	);

	it('is one of twenty, of both games, with all that can happen on the way', async () => {
		expect(GAMES).toHaveLength(20);
		const types = async (name: string) => {
			const { events } = await openRecording(textOf(name));
			return events.map(({ type }) => type);
		};
		expect(await types('el-dorado-taken-over')).toContain('host_changed');
		const ten = await types('el-dorado-ten-absent');
		expect(ten).toContain('seat_left');
		expect(ten).toContain('seat_returned');
		expect(await types('el-dorado-keeper')).toContain('round_opened');
		expect(await types('israeli-whist-keeper')).toContain('contracts_entered');
		expect(await types('israeli-whist-frisch')).toContain('cards_exchanged');
	});

	it('has its options as an older version stored them, and they are lifted when it is read', async () => {
		const text = textOf('el-dorado-options-v1');
		const file = parseLogFile(text);
		const first = file.ok ? file.envelopes[0] : undefined;
		const stored = first === undefined ? null : decodeRecord(first.subarray(64));
		expect(stored?.payload['options']).toEqual({ v: 1, hook: true, trumpLead: 'free', scoring: 'ten-plus' });
		const { sceneAt, events } = await openRecording(text);
		expect(sceneAt(events.length).isOver).toBe(true);
	});
});
