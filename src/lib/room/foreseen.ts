/**
 * A player's own move, shown before the log has it: the state that the rules say it leads to. Whoever hosts decides,
 * and until then no card goes back to the hand it was played from.
 */
import { seatOf } from '../game/seats.ts';
import type { Table } from '../game/table.ts';
import { isTableCommand } from '../game/table-parse.ts';
import type { Command, PlayerId, TableState } from '../game/table-types.ts';

/** The first of the player's unanswered commands that is a move, or null: what is done at the table shows when it is done. */
export function firstMove(commands: readonly Command[]): Command | null {
	return commands.find((command) => !isTableCommand(command)) ?? null;
}

/** The state after the move; as it is when the rules do not allow the move, which is in the log already or too late. */
export function foreseen(table: Table, state: TableState, player: PlayerId, move: Command): TableState {
	const seat = seatOf(state, player);
	if (seat === null || state.inner === null) return state;
	const decision = table.game.decide(state.inner, move, seat);
	if (!decision.ok) return state;
	return decision.events.reduce<TableState>((next, event) => table.evolve(next, event), state);
}
