/**
 * Histories and single games out of files that somebody has chosen, one after the other. A file in which anything is
 * wrong is refused whole; the others are taken all the same.
 */
import type { Archive, KeepAnswer, OnProgress } from '../../archive/archive.ts';
import { importHistory, type BroughtOwner, type ImportFault } from '../../archive/history.ts';
import { MAX_HISTORY_BYTES } from '../../game/history-file.ts';
import { isNotation } from '../../game/notation-mark.ts';
import type { Keys } from '../../room/keys.ts';

/**
 * `not_read`: the device does not give the file's content. `notation`: a game to be read, which nobody has signed; it
 * opens as a replay.
 */
export type FileProblem = ImportFault | { readonly ok: false; readonly code: 'not_read' | 'notation' };

export interface Brought {
	/** Of all files together. */
	readonly counts: Readonly<Record<KeepAnswer, number>>;
	/** Whose histories they are, each once. */
	readonly owners: readonly BroughtOwner[];
	readonly problems: readonly { readonly file: string; readonly problem: FileProblem }[];
}

export async function bringFiles(
	files: readonly File[],
	archive: Archive,
	keys: Keys,
	onProgress: OnProgress,
): Promise<Brought> {
	const counts: Record<KeepAnswer, number> = { kept: 0, exists: 0, conflict: 0, unfinished: 0 };
	const owners = new Map<string, BroughtOwner>();
	const problems: { readonly file: string; readonly problem: FileProblem }[] = [];
	for (const file of files) {
		const answer = await bringFile(file, archive, keys, onProgress);
		if (answer.ok) {
			for (const [key, count] of countsOf(answer.counts)) counts[key] += count;
			if (answer.owner !== null) owners.set(answer.owner.player, answer.owner);
		} else {
			problems.push({ file: file.name, problem: answer });
			if (answer.code === 'not_stored') counts.kept += answer.kept;
		}
	}
	return { counts, owners: [...owners.values()], problems };
}

function countsOf(counts: Readonly<Record<KeepAnswer, number>>): readonly (readonly [KeepAnswer, number])[] {
	const { kept, exists, conflict, unfinished } = counts;
	return [
		['kept', kept],
		['exists', exists],
		['conflict', conflict],
		['unfinished', unfinished],
	];
}

async function bringFile(file: File, archive: Archive, keys: Keys, onProgress: OnProgress) {
	// Before it is read: nothing larger fits into a text.
	if (file.size > MAX_HISTORY_BYTES) return { ok: false, code: 'too_large' } as const;
	const text = await textOf(file);
	if (text === null) return { ok: false, code: 'not_read' } as const;
	if (isNotation(text)) return { ok: false, code: 'notation' } as const;
	return importHistory(archive, keys, text, onProgress);
}

async function textOf(file: File): Promise<string | null> {
	try {
		return await file.text();
	} catch {
		// It was moved, deleted, or is closed to the browser.
		return null;
	}
}
