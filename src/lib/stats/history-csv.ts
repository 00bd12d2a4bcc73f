/** Games as a table for a spreadsheet: comma-separated values (RFC 4180), a row for each player of each game. */
import { chronological } from './lifetime.ts';
import type { GameSummary } from './summary-types.ts';

const HEADS = [
	'game',
	'ended',
	'variant',
	'mode',
	'status',
	'minutes',
	'rounds',
	'seat',
	'player',
	'bot',
	'place',
	'won',
	'score',
	'tricks',
	'bids_met',
	'bids',
	'zeros_met',
	'zeros',
	'refused_moves',
] as const;

/** The first line. */
export function csvHeads(): string {
	return lineOf(HEADS);
}

/**
 * Oldest first.
 * @param timeOf how a time, ms since 1970, stands in its cell
 */
export function csvRows(summaries: readonly GameSummary[], timeOf: (ms: number) => string): string {
	const rows = chronological(summaries).flatMap((summary) =>
		summary.players.map((line) => [
			summary.game,
			timeOf(summary.endedAt),
			summary.variant,
			summary.mode,
			summary.status,
			Math.round(summary.durationMs / 60_000),
			summary.rounds.length,
			line.seat,
			line.face.name,
			line.bot ?? '',
			line.place,
			line.isWinner ? 1 : 0,
			line.score,
			line.tricks,
			line.contractsMade + line.zerosMade,
			line.contractsAttempted + line.zerosAttempted,
			line.zerosMade,
			line.zerosAttempted,
			line.misplays,
		]),
	);
	return rows.map(lineOf).join('');
}

function lineOf(row: readonly (string | number)[]): string {
	return `${row.map(cellOf).join(',')}\r\n`;
}

/** A text that a spreadsheet would take for a formula is made a text by an apostrophe. */
function cellOf(value: string | number): string {
	if (typeof value === 'number') return String(value);
	const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
