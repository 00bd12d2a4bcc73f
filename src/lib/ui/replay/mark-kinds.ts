/** What stands out on the way, by kinds that look different: talk, who comes and goes, the host, scores, refused moves. */
import { MARK_TYPES, type MarkType } from '../../stats/timeline.ts';

export type MarkKind = 'said' | 'people' | 'host' | 'score' | 'refused';

const KINDS: Readonly<Record<MarkType, MarkKind>> = {
	seat_away: 'people',
	seat_back: 'people',
	seat_left: 'people',
	seat_returned: 'people',
	seat_taken: 'people',
	host_changed: 'host',
	round_voided: 'score',
	round_corrected: 'score',
	score_adjusted: 'score',
	invalid_action: 'refused',
	phrase_said: 'said',
};

/** null for what is no mark. */
export function markKindOf(event: string): MarkKind | null {
	const type = MARK_TYPES.find((one) => one === event);
	return type === undefined ? null : KINDS[type];
}
