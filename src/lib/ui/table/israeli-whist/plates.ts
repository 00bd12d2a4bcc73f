/** What a plate tells of a player in each phase of Israeli Whist. Pure: given the words and how a total is written. */
import type { SeatIndex } from '../../../game/game.ts';
import type { IsraeliWhistView, SeatView } from '../../../games/israeli-whist/types.ts';
import type { WhistMessages } from '../../messages/whist.en.ts';
import { standingOf, type PlateFacts } from '../frame.ts';

export function plateFacts(
	view: IsraeliWhistView,
	index: SeatIndex,
	words: WhistMessages,
	name: string,
	totalOf: (points: number) => string,
): PlateFacts | null {
	const seat = view.seats[index];
	if (seat === undefined) return null;
	const what = whatOf(view, seat, words);
	const role = view.declarer === index ? `${what}, ${words.plate.declarer}` : what;
	return {
		active: true,
		total: seat.total,
		isTurn: view.phase === 'frisch' ? !seat.chosen : view.turn === index,
		standing: isCounted(view) ? standingOf(seat.contract, seat.tricks) : 'open',
		spoken: words.plate.spoken(name, role, totalOf(seat.total)),
		note: role.charAt(0).toUpperCase() + role.slice(1),
	};
}

/** Tricks are being taken, or have been. */
function isCounted({ phase }: IsraeliWhistView): boolean {
	return phase === 'playing' || phase === 'dealing' || phase === 'over';
}

function whatOf(
	view: IsraeliWhistView,
	{ call, chosen, contract, tricks }: SeatView,
	words: WhistMessages,
): string {
	const say = words.plate;
	switch (view.phase) {
		case 'auction':
			if (call === null) return say.noCall;
			return call.bid === null ? say.passed : say.called(call.bid.amount, call.bid.strain);
		case 'frisch':
			return chosen ? say.hasChosen : say.choosing;
		case 'contracts':
			return contract === null ? say.noContract : say.contract(contract);
		case 'playing':
		case 'dealing':
		case 'over':
			return contract === null ? say.noContract : say.took(contract, tricks);
	}
}
