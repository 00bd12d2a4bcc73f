/** Which games a page is about: what stands in its fields, and the filter it asks the archive with. */
import type { GameFilter } from '../../archive/archive.ts';
import type { GroupId } from '../../archive/groups.ts';
import type { Mode, Variant } from '../../game/game.ts';
import { parsePlayerId } from '../../game/table-parse.ts';
import type { GameId } from '../../game/table-types.ts';

export const COMPANIES = ['all', 'people', 'bots'] as const;
export const MODE_CHOICES = ['all', 'cards', 'keeper'] as const;
export const PERIODS = ['all', 'month', 'year'] as const;

const DAY_MS = 86_400_000;
const PERIOD_DAYS: Readonly<Record<(typeof PERIODS)[number], number | null>> = {
	all: null,
	month: 30,
	year: 365,
};

export class Filters {
	variant: Variant | 'all' = $state('all');
	mode: (typeof MODE_CHOICES)[number] = $state('all');
	company: (typeof COMPANIES)[number] = $state('all');
	period: (typeof PERIODS)[number] = $state('all');
	/** A player's id, or `all`. */
	player = $state('all');
	/** One of the player's groups, and what it has played; null: games of any and of none. */
	group: { readonly id: GroupId; readonly games: ReadonlySet<GameId> } | null = $state.raw(null);

	constructor(variant: Variant | 'all' = 'all') {
		this.variant = variant;
	}

	get isAny(): boolean {
		return this.variant !== 'all' || this.isNarrow;
	}
	/** More than the game is asked for, which statistics always are of one. */
	get isNarrow(): boolean {
		const { mode, company, period, player, group } = this;
		return group !== null || [mode, company, period, player].some((value) => value !== 'all');
	}
	clear(): void {
		this.variant = 'all';
		this.widen();
	}
	/** Everything but the game. */
	widen(): void {
		this.mode = 'all';
		this.company = 'all';
		this.period = 'all';
		this.player = 'all';
		this.group = null;
	}
	/** @param now ms since 1970 */
	at(now: number): GameFilter {
		const days = PERIOD_DAYS[this.period];
		const player = parsePlayerId(this.player);
		return {
			variant: this.variant === 'all' ? undefined : this.variant,
			mode: this.mode === 'all' ? undefined : (this.mode satisfies Mode),
			company: this.company === 'all' ? undefined : this.company,
			from: days === null ? undefined : now - days * DAY_MS,
			players: player === null ? undefined : [player],
			games: this.group?.games,
		};
	}
}
