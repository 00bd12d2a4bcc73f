import { expect, it, describe } from 'vitest';
import { openSimulatedTable, playUntil, type Device, type SimulatedTable } from './simulated-table.ts';

const isFinished = (devices: readonly Device[]) => () =>
	devices.every(({ session }) => session.snapshot.stage === 'finished');

async function fourHumans(seed: number): Promise<{ table: SimulatedTable; players: Device[] }> {
	const table = await openSimulatedTable({ seed });
	const players = [table.host, await table.join('Dana'), await table.join('Ben'), await table.join('Yael')];
	for (const { session } of players.slice(1)) void session.sit(null);
	await table.pass(1_000);
	for (const { session } of players.slice(1)) void session.send({ type: 'set_ready', ready: true });
	await table.pass(1_000);
	const started = await table.host.session.send({ type: 'start_game' });
	expect(started).toEqual({ ok: true });
	await table.pass(500);
	return { table, players };
}

describe('a table of four', () => {
	it('plays ten rounds, and all four end with the same log and the same scores', async () => {
		const { table, players } = await fourHumans(1);
		await playUntil(table, players, isFinished(players));
		const sheets = players.map(({ session }) =>
			JSON.stringify(session.snapshot.view).replace(/"viewer":\d/, ''),
		);
		expect(new Set(sheets).size).toBe(1);
		expect(new Set(players.map(({ session }) => session.snapshot.events)).size).toBe(1);
		expect(players.every(({ session }) => session.snapshot.fault === null)).toBe(true);
	});
});
