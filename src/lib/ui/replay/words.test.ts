import { describe, expect, it } from 'vitest';
import { recordings } from '../../../../tests/golden/recordings.ts';
import { formatCard } from '../../cards/notation.ts';
import type { SeatIndex } from '../../game/game.ts';
import { toSeat } from '../../game/seats.ts';
import { lostBids } from '../../stats/lost-bids.ts';
import { sceneOf } from '../../stats/scene.ts';
import { dealText } from '../messages/deal.en.ts';
import { phraseText } from '../messages/phrases.en.ts';
import { replayText } from '../messages/replay.en.ts';
import { faceAt, openFile } from './open-game.ts';
import { findingText, isMilestone, linesOf, partsOf } from './words.ts';

async function linesOfRecording(name: string, eyes: SeatIndex | 'all' = 'all') {
	const text = recordings().find((one) => one.name === name)?.text ?? '';
	const read = await openFile(new Blob([text]));
	const [words, phrases] = [replayText.in('en'), phraseText.in('en')];
	if (!read.ok || words === null || phrases === null) throw new Error(`${name} can be opened`);
	const { game, end, events, timeline } = read.value;
	const scene = sceneOf(game, end, null);
	const lost = lostBids(events, timeline, scene?.rows ?? []);
	const names = {
		words,
		phrases,
		card: formatCard,
		seat: (seat: SeatIndex) => faceAt(read.value, seat)?.name ?? '',
		player: () => '',
		isSeen: (seat: SeatIndex) => eyes === 'all' || eyes === seat,
		winners: scene?.winners ?? [],
	};
	return { timeline, lost, events, names, lines: linesOf(events, timeline, names, lost) };
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

	it('names the cards laid down in a frisch for who sees them: everybody, or the seat itself', async () => {
		const laid = async (eyes: SeatIndex | 'all') => {
			const { lines } = await linesOfRecording('israeli-whist-frisch', eyes);
			return lines.filter(({ text }) => text.includes('three cards')).map(({ text }) => text);
		};
		const open = await laid('all');
		// Two frischs of four seats each, and the line that opens each.
		expect(open).toHaveLength(8);
		for (const text of open) expect(text).toMatch(/lays down three cards: \S+, \S+, and \S+\.$/);
		const seen = await laid(toSeat(1));
		const own = seen.filter((text, at) => text === open[at]);
		expect(own).toHaveLength(2);
		expect(own).toEqual(open.filter((text) => text.startsWith('Dan ')));
		expect(seen[0]).toMatch(/lays three cards down\.$/);
	});

	it('says at the end who has won', async () => {
		const { lines, events, timeline, names } = await linesOfRecording('el-dorado-taken-over');
		expect(lines.at(-1)?.text).toBe('The game is over. Dan wins.');
		const shared = linesOf(events, timeline, { ...names, winners: [toSeat(0), toSeat(1)] });
		expect(shared.at(-1)?.text).toBe('The game is over. Host and Dan share the win.');
	});

	it('is told by its tricks and scores when it plays by itself', async () => {
		const { timeline, events } = await linesOfRecording('el-dorado-taken-over');
		const told = timeline.stops.filter((at) => isMilestone(events[at - 1]));
		const tricks = timeline.rounds.flatMap((round) => round.tricks).filter(({ trick }) => trick > 0);
		expect(told).toHaveLength(tricks.length + timeline.rounds.length + 1);
	});

	it('marks what stands out, each by its kind', async () => {
		const { lines, timeline } = await linesOfRecording('el-dorado-taken-over');
		const marked = lines.filter(({ mark }) => mark !== null);
		expect(marked.map(({ at }) => at)).toEqual(timeline.marks.map(({ at }) => at));
		expect(new Set(marked.map(({ mark }) => mark))).toEqual(new Set(['people', 'host']));
	});
});

describe('what does not fit in the deals', () => {
	it('is told with the name of the player it is about', async () => {
		const { names } = await linesOfRecording('el-dorado-taken-over');
		const deal = dealText.in('en');
		if (deal === null) throw new Error('English is always here');
		const finding = { code: 'illegal_play', index: 40, round: 3 } as const;
		expect(findingText({ ...finding, seat: toSeat(1) }, deal, names)).toBe(
			'Deal 3: A card was played that was not allowed (Dan)',
		);
		expect(findingText({ ...finding, seat: null }, deal, names)).not.toContain('(');
	});
});
