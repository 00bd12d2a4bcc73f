/** Whether a table that is open to anybody waits on for players when its host's page has gone: then it stays listed. */
import type { TableSnapshot } from '../../room/table-client.ts';

/** A lobby in which somebody else sits with a phone, who can host it. */
export function goesOnWithout({
	stage,
	seats,
	you,
}: {
	readonly stage: TableSnapshot['stage'];
	readonly seats: readonly Pick<TableSnapshot['seats'][number], 'kind' | 'seat'>[];
	readonly you: Pick<TableSnapshot['you'], 'seat'>;
}): boolean {
	return stage === 'lobby' && seats.some(({ kind, seat }) => kind === 'human' && seat !== you.seat);
}
