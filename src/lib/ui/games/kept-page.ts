/**
 * How a page about games was left: what stood in its fields, how much of it was there and how far it was read. The
 * browser keeps it with the page's place among those that were visited, so whoever comes back finds it as it was.
 *
 *     const kept = keptPage(filters, rows);       // on leaving
 *     const back = parseKeptPage(kept);           // on coming back, after a reload too
 */
import * as z from 'zod/mini';
import { parseGroupId, type GroupId } from '../../archive/groups.ts';
import { VARIANTS } from '../../game/game.ts';
import { gameIdSchema } from '../../game/table-parse.ts';
import { COMPANIES, MODE_CHOICES, PERIODS, type Filters } from './filters.svelte.ts';

/** More than anybody opens page by page; they are read at once. */
const MOST_ROWS = 1000;

const keptSchema = z.object({
	fields: z.object({
		variant: z.enum(['all', ...VARIANTS]),
		mode: z.enum(MODE_CHOICES),
		company: z.enum(COMPANIES),
		period: z.enum(PERIODS),
		player: z.string(),
		group: z.nullable(
			z.object({
				id: z.custom<GroupId>((id) => typeof id === 'string' && parseGroupId(id) !== null),
				games: z.array(gameIdSchema),
			}),
		),
	}),
	rows: z.int().check(z.gte(0)),
	/** Pixels above the screen. */
	top: z.number(),
});
export type KeptPage = z.infer<typeof keptSchema>;
type Fields = Pick<Filters, keyof KeptPage['fields']>;

export function keptPage(
	{ variant, mode, company, period, player, group }: Fields,
	rows: number,
	top: number,
): KeptPage {
	const kept = group === null ? null : { id: group.id, games: [...group.games] };
	return {
		fields: { variant, mode, company, period, player, group: kept },
		rows: Math.min(rows, MOST_ROWS),
		top,
	};
}

/** null for what another version has left. */
export function parseKeptPage(kept: unknown): KeptPage | null {
	const parsed = keptSchema.safeParse(kept);
	return parsed.success ? { ...parsed.data, rows: Math.min(parsed.data.rows, MOST_ROWS) } : null;
}

/** The fields as they were. */
export function putBack(filters: Fields, { fields }: KeptPage): void {
	const { group, ...others } = fields;
	Object.assign(filters, others);
	filters.group = group === null ? null : { id: group.id, games: new Set(group.games) };
}
