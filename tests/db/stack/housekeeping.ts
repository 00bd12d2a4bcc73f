/**
 * What pg_cron does at a hosted project, for a stack that has none: what has expired is swept, and old logs are compacted,
 * from the start on and while the stack runs.
 *
 *     const end = startHousekeeping({ ask: (sql) => client.query(sql), clock: systemClock, onProblem: console.error });
 */
import type { Clock } from '../../../src/lib/room/clock.ts';

/** As the schedules of the migrations. */
export const SWEEP_MS = 5 * 60_000;
export const COMPACT_MS = 24 * 3_600_000;

interface Job {
	readonly sql: string;
	readonly everyMs: number;
}
const JOBS: readonly Job[] = [
	{ sql: 'select private.sweep()', everyMs: SWEEP_MS },
	// A hundred games a run; a stack that was off for long catches up in some days.
	{ sql: 'select private.compact_old_games()', everyMs: COMPACT_MS },
];

export interface HousekeepingOptions {
	/** Runs a statement as the database's owner. */
	readonly ask: (sql: string) => Promise<unknown>;
	readonly clock: Clock;
	/** One that failed is tried again at its next time. */
	readonly onProblem: (error: unknown) => void;
}

/** Gives what ends it. */
export function startHousekeeping({ ask, clock, onProblem }: HousekeepingOptions): () => void {
	let isEnded = false;
	const cancels = new Map<Job, () => void>();
	function run(job: Job): void {
		const again = (): void => {
			if (!isEnded)
				cancels.set(
					job,
					clock.after(job.everyMs, () => run(job)),
				);
		};
		ask(job.sql).catch(onProblem).finally(again);
	}
	for (const job of JOBS) run(job);
	return () => {
		isEnded = true;
		for (const cancel of cancels.values()) cancel();
	};
}
