/**
 * Twenty games that were recorded once and must look the same for ever: whole signed logs and notations, of both games,
 * two to ten seats, with people who come and go, a host that was lost, real cards, and options as an older version
 * stored them. Beside each game stand positions of it in words, as they were when it was recorded.
 *
 *     npx tsx tests/golden/recordings.ts        makes those that are missing, and never changes one that is there
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatCard } from '../../src/lib/cards/notation.ts';
import { formatNotation, parseNotation } from '../../src/lib/game/game-notation.ts';
import type { Game, GameOptions } from '../../src/lib/game/game.ts';
import { parseLogFile } from '../../src/lib/game/log-file.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import { createReplay } from '../../src/lib/game/replay.ts';
import type { LogEvent } from '../../src/lib/game/table-types.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { optionsWith } from '../../src/lib/games/israeli-whist/testing.ts';
import { openLog } from '../../src/lib/room/open-log.ts';
import { sceneOf, type Scene } from '../../src/lib/stats/scene.ts';
import { playedTable } from '../../src/lib/stats/testing.ts';
import { timelineOf } from '../../src/lib/stats/timeline.ts';
import { nodeKeys } from '../sim/node-keys.ts';
import { recordFile } from '../sim/recorded-file.ts';
import type { Recording } from '../sim/recorded-game.ts';

const FOLDER = new URL('recorded/', import.meta.url);
const POSITIONS = new URL('positions.json', FOLDER);

const PEOPLE = ['Noa', 'Dan', 'Yael'];
/** As version 1 stored them: it knew no keeper. */
const OPTIONS_V1: GameOptions = JSON.parse(
	'{"v":1,"hook":true,"trumpLead":"free","scoring":"ten-plus"}',
) as GameOptions;

/** Whole logs, as the replay saves them. */
const LOGS: Readonly<Record<string, Recording>> = {
	'el-dorado-taken-over': { seed: 101, variant: 'el_dorado', people: PEOPLE, seats: 3, isTakenOver: true },
	'el-dorado-ten-absent': { seed: 102, variant: 'el_dorado', people: PEOPLE, seats: 10, isAbsent: true },
	'el-dorado-options-v1': {
		seed: 103,
		variant: 'el_dorado',
		people: ['Noa', 'Dan'],
		seats: 2,
		options: OPTIONS_V1,
	},
	'el-dorado-keeper': {
		seed: 104,
		variant: 'el_dorado',
		people: PEOPLE,
		seats: 5,
		isKept: true,
		options: JSON.parse(
			'{"v":2,"mode":"keeper","hook":false,"trumpLead":"broken","scoring":"eldorado"}',
		) as GameOptions,
	},
	'israeli-whist-frisch': {
		seed: 105,
		variant: 'israeli_whist',
		people: ['Noa', 'Dan'],
		seats: 4,
		isFrisch: true,
	},
	'israeli-whist-keeper': {
		seed: 106,
		variant: 'israeli_whist',
		people: PEOPLE,
		seats: 4,
		isKept: true,
		options: optionsWith({ mode: 'keeper', end: { type: 'rounds', rounds: 4 } }),
	},
};

/** Notations: El Dorado from two to ten seats, Israeli Whist by five seeds. */
const TEXTS: Readonly<Record<string, () => string>> = Object.fromEntries([
	...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((seats) => [
		`el-dorado-of-${seats}`,
		() => notationOf('el_dorado', 200 + seats, seats),
	]),
	...[1, 2, 3, 4, 5].map((seed) => [
		`israeli-whist-${seed}`,
		() => notationOf('israeli_whist', 300 + seed, 4),
	]),
]) as Record<string, () => string>;

function notationOf(variant: 'el_dorado' | 'israeli_whist', seed: number, seats: number): string {
	const { table, events } = playedTable(variant, seed, { seats });
	const text = formatNotation(table.game, events, '2026-11-22T15:00:00.000Z');
	if (text === null) throw new Error('a played game can be written');
	return text;
}

export interface RecordedFile {
	readonly name: string;
	/** As a file that somebody brings to the replay. */
	readonly text: string;
	/** By number of events folded: the position in words. */
	readonly positions: Readonly<Record<string, string>>;
}

export function recordings(): readonly RecordedFile[] {
	const positions = readPositions();
	return readdirSync(FOLDER)
		.filter((file) => file !== 'positions.json')
		.sort()
		.map((file) => {
			const bytes = readFileSync(new URL(file, FOLDER));
			const name = file.replace(/\..*$/, '');
			return {
				name,
				text: (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'),
				positions: positions[name] ?? {},
			};
		});
}

function readPositions(): Record<string, Record<string, string>> {
	if (!existsSync(POSITIONS)) return {};
	return JSON.parse(readFileSync(POSITIONS, 'utf8')) as Record<string, Record<string, string>>;
}

export interface OpenedRecording {
	readonly game: Game;
	readonly events: readonly LogEvent[];
	sceneAt(at: number): Scene;
}

/** A recorded file read as the replay reads it. */
export async function openRecording(text: string): Promise<OpenedRecording> {
	const { game, events } = text.startsWith('{') ? await opened(text) : await played(text);
	const replay = createReplay(game, events);
	return {
		game,
		events,
		sceneAt(at) {
			const scene = sceneOf(game, replay.at(at), 'all');
			if (scene === null) throw new Error(`there is nothing to see at ${at}`);
			return scene;
		},
	};
}

async function opened(text: string): Promise<Pick<OpenedRecording, 'game' | 'events'>> {
	const file = parseLogFile(text);
	const log = file.ok ? await readLog(file.envelopes, loadGame) : null;
	if (log === null) throw new Error('it is no log that this version knows');
	return { game: log.game, events: await openLog(log, nodeKeys()) };
}

async function played(text: string): Promise<Pick<OpenedRecording, 'game' | 'events'>> {
	const parsed = await parseNotation(text, loadGame);
	if (!parsed.ok) throw new Error(`line ${parsed.error.line}: ${parsed.error.code}`);
	return parsed;
}

/** A position in one line: what anybody who looks at it can say of it. */
export function inOneLine(scene: Scene): string {
	const listed = (values: readonly (number | null)[]): string =>
		values.map((value) => value ?? '-').join(' ');
	const seats = scene.seats.filter(({ face }) => face !== null);
	return [
		`round ${scene.round} ${scene.phase}`,
		`trump ${scene.trump ?? '-'}`,
		`bids ${listed(seats.map(({ bid }) => bid))}`,
		`took ${listed(seats.map(({ tricks }) => tricks))}`,
		`total ${listed(seats.map(({ total }) => total))}`,
		`trick ${scene.trick.map(({ seat, card }) => `${seat + 1}:${formatCard(card)}`).join(' ') || '-'}`,
		`hands ${seats.map(({ hand }) => hand?.map(({ card }) => formatCard(card)).join(' ') ?? 'closed').join(' / ')}`,
		`in ${seats.filter(({ isActive }) => isActive).length}`,
		`away ${seats.filter(({ presence }) => presence !== 'here').length}`,
	].join(' | ');
}

/** Where a game is looked at: in its first round, here and there, at its end. */
export function placesIn({ events }: OpenedRecording): readonly number[] {
	const { rounds, stops, last } = timelineOf(events);
	const shares = [0.23, 0.5, 0.81].map((share) => stops[Math.floor(stops.length * share)]);
	const all = [rounds[0]?.tricks[0]?.to, rounds[0]?.tricks[1]?.to, ...shares, last];
	return [...new Set(all.filter((at) => at !== undefined))];
}

async function main(): Promise<void> {
	mkdirSync(FOLDER, { recursive: true });
	for (const [name, recording] of Object.entries(LOGS)) {
		const file = new URL(`${name}.json.gz`, FOLDER);
		if (!existsSync(file)) writeFileSync(file, gzipSync(await recordFile(recording), { level: 9 }));
	}
	for (const [name, write] of Object.entries(TEXTS)) {
		const file = new URL(`${name}.txt`, FOLDER);
		if (!existsSync(file)) writeFileSync(file, write());
	}
	const positions = readPositions();
	for (const { name, text } of recordings()) {
		if (positions[name] !== undefined) continue;
		const game = await openRecording(text);
		positions[name] = Object.fromEntries(placesIn(game).map((at) => [at, inOneLine(game.sceneAt(at))]));
	}
	writeFileSync(POSITIONS, `${JSON.stringify(positions, null, '\t')}\n`);
}

if (import.meta.filename === process.argv[1]) await main();
