/**
 * Reads a golden file, finds the game it is about and checks all of it. A file of another game gets its own
 * reader in `FORMATS`; what no reader knows is an error, never a silent pass.
 */
import * as z from 'zod/mini';
import { checkElDorado, ElDoradoFile } from './el-dorado.ts';
import { checkIsraeliWhist, IsraeliWhistFile } from './israeli-whist.ts';
import { Tally, type Block } from './tally.ts';

export type Report =
	| { readonly ok: boolean; readonly game: string; readonly blocks: readonly Block[] }
	| { readonly ok: false; readonly error: string };

interface Format {
	readonly game: string;
	/** The rules file that the golden file names in `about.rules`. */
	readonly rules: string;
	/** Throws a zod error when the file is not of this format. */
	check(file: unknown, tally: Tally): void;
}

const FORMATS: readonly Format[] = [
	{
		game: 'El Dorado',
		rules: 'rules-el-dorado.md',
		check: (file, tally) => checkElDorado(ElDoradoFile.parse(file), tally),
	},
	{
		game: 'Israeli Whist',
		rules: 'rules-israeli-whist.md',
		check: (file, tally) => checkIsraeliWhist(IsraeliWhistFile.parse(file), tally),
	},
];

const About = z.object({ about: z.object({ rules: z.string() }) });

/** Checks the text of one golden file. `ok` only when something was checked and all of it fits. */
export function checkGolden(text: string): Report {
	try {
		const file: unknown = JSON.parse(text);
		const about = About.parse(file).about;
		const format = FORMATS.find(({ rules }) => about.rules.startsWith(rules));
		if (format === undefined) return { ok: false, error: `no reader for "${about.rules}"` };
		const tally = new Tally();
		format.check(file, tally);
		const { blocks } = tally;
		const ok = blocks.length > 0 && blocks.every(({ mismatches }) => mismatches === 0);
		return { ok, game: format.game, blocks };
	} catch (error) {
		return { ok: false, error: `unknown format: ${error instanceof Error ? error.message : String(error)}` };
	}
}
