/** A recorded game as the file that its replay would save. */
import { formatLogFile } from '../../src/lib/game/log-file.ts';
import { readLog } from '../../src/lib/game/read-log.ts';
import { loadGame } from '../../src/lib/games/load.ts';
import { recordGame, type Recording } from './recorded-game.ts';

export async function recordFile(recording: Recording): Promise<string> {
	const { envelopes } = await recordGame(recording);
	const log = await readLog(envelopes, loadGame);
	if (log === null) throw new Error('a recorded game can be read');
	return formatLogFile(log, envelopes);
}
