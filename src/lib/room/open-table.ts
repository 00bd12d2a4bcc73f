/** Opens a table from this browser: makes its code, writes it to the store, and says where it is found. */
import type { GameOptions, Variant } from '../game/game.ts';
import type { BotLevel, TableRules } from '../game/table-types.ts';

export interface TableRequest {
	readonly variant: Variant;
	readonly rules: TableRules;
	readonly options: GameOptions;
	/** Level of the bots in the other seats; null leaves them empty. */
	readonly bots: BotLevel | null;
	/** A table that never leaves this device. */
	readonly solo: boolean;
	/** The code alone does not open it: the link carries a secret. */
	readonly private: boolean;
}

/** The new table's address below the base path. Rejects when the browser keeps nothing. */
export async function createTable(request: TableRequest): Promise<string> {
	return Promise.reject(new Error(`tables of ${request.variant} cannot be opened yet`));
}
