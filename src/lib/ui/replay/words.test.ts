import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { formatCard } from '../../cards/notation.ts';
import type { SeatIndex } from '../../game/game.ts';
import { lostBids } from '../../stats/lost-bids.ts';
import { sceneOf } from '../../stats/scene.ts';
import { phraseText } from '../messages/phrases.en.ts';
import { replayText } from '../messages/replay.en.ts';
import { faceAt, openFile } from './open-game.ts';
import { linesOf, partsOf } from './words.ts';

async function linesOfRecording(name: string) {
	const text = recordings().find((one) => one.name === name)?.text ?? '';
	const read = await openFile(new Blob([text]));
	const [words, phrases] = [replayText.in('en'), phraseText.in('en')];
	if (!read.ok || words === null || phrases === null) throw new Error(`${name} can be opened`);
	const { game, end, events, timeline } = read.value;
	const lost = lostBids(events, timeline, sceneOf(game, end, null)?.rows ?? []);
	const names = {
		words,
		phrases,
		card: formatCard,
		seat: (seat: SeatIndex) => faceAt(read.value, seat)?.name ?? '',
		player: () => '',
	};
	return { timeline, lost, lines: linesOf(events, timeline, names, lost) };
}

describe('the log in words', () => {
	it('says at the trick that decides it that a bid is lost', async () => {
		const { lines, lost } = await linesOfRecording('el-dorado-taken-over');
		// Of the ten rounds Host made 6, Dan 7 and Yael 5.
		expect(lost).toHaveLength(4 + 3 + 5);
		for (const { at, how } of lost) {
			const { text = '' } = lines.find((line) => line.at === at) ?? {};
			expect(text).toMatch(how === 'over' ? /takes the trick\..* is passed\./ : /is out of reach\./);
		}
		const told = lines.filter(({ text }) => /is passed|is out of reach/.test(text));
		expect(told).toHaveLength(new Set(lost.map(({ at }) => at)).size);
	});

	it('stands under the rounds and tricks it belongs to, every line once and in its order', async () => {
		const { lines, timeline } = await linesOfRecording('el-dorado-taken-over');
		const parts = partsOf(lines);
		expect(parts.flatMap((part) => part.lines.map(({ line }) => line))).toEqual(lines);
		expect(parts.flatMap((part) => part.lines.map(({ index }) => index))).toEqual([...lines.keys()]);
		expect(parts.flatMap(({ opens }) => opens ?? [])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
		const third = parts.findIndex(({ opens }) => opens === 3);
		const tricks = parts.slice(third, third + 9).map(({ trick }) => trick);
		expect(tricks).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
		expect(timeline.rounds[2]?.tricks.map(({ trick }) => trick)).toEqual(tricks);
	});
});
