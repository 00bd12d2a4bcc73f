import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkGolden } from './check.ts';

const FILE = readFileSync(new URL('el-dorado.json', import.meta.url), 'utf8');

const WHIST = readFileSync(new URL('israeli-whist.json', import.meta.url), 'utf8');

function edited(change: (file: { about: unknown; games: { rounds: Record<string, unknown>[] }[] }) => void) {
	const file = JSON.parse(FILE);
	change(file);
	return checkGolden(JSON.stringify(file));
}

describe('golden games', () => {
	it('El Dorado: every golden game is played to the same legal cards, winners and scores', () => {
		const report = checkGolden(FILE);
		if ('error' in report) throw new Error(report.error);
		expect(report.blocks.filter(({ mismatches }) => mismatches > 0)).toEqual([]);
		expect(report.ok).toBe(true);
		const cases = (name: string) => report.blocks.find((block) => block.name === name)?.cases ?? 0;
		expect(cases('legal cards')).toBeGreaterThan(6000);
		expect(cases('refused: must_follow_suit')).toBeGreaterThan(1000);
		expect(cases('refused: cannot_lead_trump')).toBeGreaterThan(100);
	});

	it('Israeli Whist: every golden case of every block fits', () => {
		const report = checkGolden(WHIST);
		if ('error' in report) throw new Error(report.error);
		expect(report.blocks.filter(({ mismatches }) => mismatches > 0)).toEqual([]);
		expect(report.ok).toBe(true);
		const { about: _, ...blocks } = JSON.parse(WHIST) as Record<string, unknown>;
		for (const block of Object.keys(blocks)) {
			const cases = report.blocks.filter(({ name }) => name === block || name.startsWith(`${block}:`));
			expect(
				cases.reduce((sum, one) => sum + one.cases, 0),
				block,
			).toBeGreaterThan(0);
		}
		const all = report.blocks.reduce((sum, block) => sum + block.cases, 0);
		expect(all).toBeGreaterThan(6_000);
	});

	it('a wrong score of Israeli Whist in the file is found, and an unread block is none of ours', () => {
		const file = JSON.parse(WHIST);
		file.score_matrix[0][3] = 7;
		const report = checkGolden(JSON.stringify(file));
		expect('blocks' in report && report.blocks.find(({ name }) => name === 'score_matrix')?.mismatches).toBe(
			1,
		);
		expect(checkGolden(JSON.stringify({ ...JSON.parse(WHIST), more: [] }))).toMatchObject({ ok: false });
	});

	it('a wrong score in the file is found', () => {
		const report = edited(({ games }) => (games[0]!.rounds[0]!.deltas = [0, 0]));
		expect(report.ok).toBe(false);
		if ('error' in report) throw new Error(report.error);
		expect(report.blocks.filter(({ mismatches }) => mismatches > 0).map(({ name }) => name)).toEqual([
			'deltas',
		]);
	});

	it('a bid the engine refuses is a mismatch, not a crash', () => {
		const report = edited(({ games }) => (games[0]!.rounds[0]!.bids = [99, 99]));
		expect(report.ok).toBe(false);
		expect('blocks' in report && report.blocks.find(({ name }) => name === 'game goes on')?.mismatches).toBe(
			1,
		);
	});

	it('a file without games, of another game or with an unread block does not pass', () => {
		expect(edited((file) => (file.games = []))).toMatchObject({ ok: false });
		expect(edited((file) => (file.about = { rules: 'rules-of-chess.md' }))).toMatchObject({ ok: false });
		expect(checkGolden(JSON.stringify({ ...JSON.parse(FILE), more: [] }))).toMatchObject({ ok: false });
		expect(checkGolden('no json')).toMatchObject({ ok: false });
	});
});
