/**
 * What is said at the table after a round and at the end of a game: several wordings of each fact, told in turn. Warm,
 * short, and never at anybody's cost; a promise is a bid here and a contract there.
 */
import type { SeatFact, SharedFact, TableFact } from '../../stats/facts.ts';
import { isolatesOf } from '../messages/bidi.ts';
import { listsOf, pluralsOf, total } from '../messages/numbers.ts';
import { defineText } from '../messages/text.ts';

type AboutSeat = (name: string, count: number) => string;
type AboutSeats = (names: readonly string[], count: number) => string;
type AboutTable = (count: number) => string;

export interface CommentaryMessages {
	/** What the lines are, for who hears the page. */
	readonly label: string;
	readonly seat: Readonly<Record<SeatFact, readonly AboutSeat[]>>;
	readonly seats: Readonly<Record<SharedFact, readonly AboutSeats[]>>;
	readonly table: Readonly<Record<TableFact, readonly AboutTable[]>>;
}

const plural = pluralsOf('en');
const list = listsOf('en');
const named = isolatesOf('en');
const tricks = (count: number): string => plural(count, { one: 'one trick', other: '# tricks' });
const points = (count: number): string => plural(count, { one: 'one point', other: '# points' });
const rounds = (count: number): string => plural(count, { one: 'one round', other: '# rounds' });
const misses = (count: number): string => plural(count, { one: 'one miss', other: '# misses' });
const zeros = (count: number): string => plural(count, { one: 'one zero', other: '# zeros' });
const inARow = (count: number): string => `${count} in a row`;

const en: CommentaryMessages = {
	label: 'Remarks',
	seat: {
		swept: [
			(name, count) => `${named(name)} took all ${count}. The rest came to watch.`,
			(name) => `A clean sweep for ${named(name)}. The broom is still warm.`,
			(name, count) => `${tricks(count)}, one address: ${named(name)}.`,
			(name) => `${named(name)} left no crumbs at all.`,
			(name) => `Every trick to ${named(name)}. Sharing is for the next round.`,
		],
		big_bid_made: [
			(name, count) => `${named(name)} promised ${count} and delivered ${count}. To the door.`,
			(name, count) => `${count} promised, ${count} taken: ${named(name)} had read the last page first.`,
			(name, count) => `A brave ${count} from ${named(name)}, and not a trick too many.`,
			(name, count) => `${named(name)} said ${count} with a straight face. It was the truth.`,
			(name, count) => `Big words, ${named(name)}: ${count}. Big hands, too.`,
			(name, count) => `${count} it had to be, ${count} it was. Hats off to ${named(name)}.`,
		],
		new_leader: [
			(name) => `${named(name)} takes the lead. The view is better from there.`,
			(name) => `New name at the top: ${named(name)}.`,
			(name, count) => `${named(name)} is in front, by ${points(count)}.`,
			(name) => `The lead moves house. It lives with ${named(name)} now.`,
			(name) => `Excuse me, coming through: ${named(name)} goes first.`,
			(name) => `${named(name)} at the top of the sheet. Everybody else has a target now.`,
		],
		drought_ended: [
			(name, count) => `After ${misses(count)}, rain at last: ${named(name)} hits the number.`,
			(name) => `There it is. ${named(name)} remembers how this goes.`,
			(name, count) => `${named(name)} waited ${rounds(count)} for that one. Worth it.`,
			(name) => `The spell is broken: ${named(name)} is back in business.`,
			(name) => `Somebody found the switch. Welcome back, ${named(name)}.`,
		],
		far_over: [
			(name, count) => `${named(name)} took ${count} more than ordered. Generous kitchen.`,
			(name) => `The tricks would not stop following ${named(name)} home.`,
			(name, count) => `${count} too many for ${named(name)}: good cards, modest plans.`,
			(name) => `${named(name)} tried to lose some. The cards had other ideas.`,
			(name, count) => `Too much of a good thing, by ${count}: ${named(name)}.`,
		],
		far_short: [
			(name, count) => `${count} short. ${named(name)} had seen a different film.`,
			(name) => `The tricks ${named(name)} was promised must still be in the post.`,
			(name, count) => `${named(name)} aimed for the moon and missed it by ${count}.`,
			(name) => `Grand plans at ${named(name)}'s. The builders did not show up.`,
			(name, count) => `Missing: ${tricks(count)}. Finder please return to ${named(name)}.`,
		],
		only_made: [
			(name) => `Only ${named(name)} kept the promise.`,
			(name) => `One of us can count. Well done, ${named(name)}.`,
			(name) => `${named(name)} on the dot, everybody else not quite.`,
			(name) => `Out of all of us, ${named(name)} alone saw it coming.`,
			(name) => `The round belonged to ${named(name)}. The others rented.`,
			(name) => `A lonely tick on the sheet, next to ${named(name)}.`,
		],
		run_ended: [
			(name, count) => `${inARow(count)}, and then this. Nobody is perfect, not even ${named(name)}.`,
			(name, count) => `${named(name)}'s run ends at ${count}. A minute of silence, please.`,
			(name) => `Even ${named(name)} misses one now and then. It is recorded here.`,
			(name, count) => `All good things end: ${count} was ${named(name)}'s number.`,
		],
		made_run: [
			(name, count) => `${inARow(count)} for ${named(name)}. Somebody check the sleeves.`,
			(name, count) => `${named(name)} again: ${count} kept promises without a break.`,
			(name, count) => `${inARow(count)}. ${named(name)} is not guessing any more.`,
			(name) => `You could set a clock by ${named(name)}.`,
			(name, count) => `${named(name)} makes it ${count}. It begins to look easy.`,
			(name) => `What ${named(name)} says, happens. Say something nice about the weather.`,
		],
		only_missed: [
			(name) => `Everybody there but ${named(name)}, who took the scenic route.`,
			(name) => `All kept their word; ${named(name)} kept it interesting.`,
			(name) => `One seat short of perfect. ${named(name)} owes the next round of tea.`,
			(name) => `So close to all of us. ${named(name)} will be first next time.`,
		],
		zero_held: [
			(name, count) => `${count} cards and not one trick: ${named(name)} ducked them all.`,
			(name) => `${named(name)} wanted nothing and got it. Harder than it looks.`,
			(name) => `Nothing promised, nothing taken. Art, by ${named(name)}.`,
			(name) => `${named(name)} slipped through the whole round unseen.`,
			(name) => `A perfect nothing from ${named(name)}.`,
		],
		climbed: [
			(name, count) => `${named(name)} climbs to number ${count}, two stairs at a time.`,
			(name) => `Mind the elevator: ${named(name)} is going up.`,
			(name, count) => `Up to number ${count}: ${named(name)} is in good company.`,
			(name) => `${named(name)} comes up on the outside.`,
		],
		zero_broken: [
			(name) => `${named(name)} said none. A trick found the way in.`,
			(name) => `No tricks, please, said ${named(name)}, and was brought one.`,
			(name) => `${named(name)}'s zero has sprung a leak.`,
			(name) => `There is always one that insists. It went to ${named(name)}.`,
			(name) => `Zero is a small number. ${named(name)} just missed it.`,
		],
		zero_burst: [
			(name, count) => `No tricks for ${named(name)}, please. The kitchen sent ${count}.`,
			(name, count) =>
				`${named(name)}'s zero has ${plural(count, { one: 'a hole', other: '# holes' })} in it.`,
			(name, count) => `${tricks(count)} came to ${named(name)}'s zero without an invitation.`,
			(name, count) => `${named(name)}'s zero went down with ${tricks(count)} on board.`,
		],
		pulls_away: [
			(name, count) => `${named(name)} is ${points(count)} ahead and getting smaller in the distance.`,
			(name) => `${named(name)} has started waving from up there.`,
			(name, count) => `${points(count)} of daylight behind ${named(name)}. Anybody?`,
			(name) => `Somebody bring ${named(name)} a snack and a distraction.`,
		],
		missed_run: [
			(name) => `The cards owe ${named(name)} a favour by now.`,
			(name) => `${named(name)} is saving the luck for the end. There must be plenty.`,
			(name, count) => `${inARow(count)} that got away. The next one is ${named(name)}'s.`,
			(name) => `Nobody tell ${named(name)} the odds. They are about to turn.`,
			(name) => `Courage, ${named(name)}: dice have no memory, and cards even less.`,
		],
		one_over: [
			(name) => `One trick too polite to stay away: ${named(name)}.`,
			(name, count) => `${named(name)} wanted ${count} and got one more for luck.`,
			(name) => `${named(name)}, one over. It followed like a stray cat.`,
			(name) => `One too many at ${named(name)}'s. It happens at the best tables.`,
			(name, count) => `${count} would have been lovely, ${named(name)}. There was one more.`,
			(name) => `A gift nobody asked for, delivered to ${named(name)}.`,
		],
		one_short: [
			(name) => `One short. ${named(name)} could almost touch it.`,
			(name) => `${named(name)} counted a trick that had other plans.`,
			(name, count) => `${count} was in the cards, ${named(name)}. Somebody else's cards.`,
			(name) => `So near, ${named(name)}. Somewhere a jack is smiling.`,
			(name) => `Just the one missing for ${named(name)}. It is always the same one.`,
			(name) => `${named(name)} was a finesse away.`,
		],
		perfect: [
			(name, count) => `${rounds(count)}, every promise kept. Frame this one, ${named(name)}.`,
			(name) => `${named(name)} did not miss once. We counted again, just in case.`,
			(name) => `A flawless game by ${named(name)}. Please teach us.`,
			(name, count) => `${count} out of ${count}: ${named(name)} and the cards are clearly related.`,
		],
		comeback: [
			(name, count) => `${points(count)} behind at one point, and still: ${named(name)}. What a way back.`,
			(name) => `Never count ${named(name)} out. We did, and look.`,
			(name, count) => `${named(name)} was down ${count} and forgot to give up.`,
			(name) => `They will tell of this one: ${named(name)}, from far behind.`,
		],
		last_gasp: [
			(name) => `${named(name)} led when it mattered: at the very end.`,
			(name) => `Only the last round asks who is in front. ${named(name)} knew.`,
			(name) => `Stolen on the doorstep by ${named(name)}.`,
			(name) => `${named(name)} kept the best card for the curtain.`,
		],
		blowout: [
			(name, count) => `${named(name)} by ${points(count)}. It was over before the tea was.`,
			(name) => `${named(name)} won by so much that we stopped measuring.`,
			(name, count) => `${points(count)} clear. ${named(name)} had time to wave.`,
			(name) => `There was a race, and there was ${named(name)}.`,
		],
		narrow: [
			(name, count) => `${points(count)} between glory and second place. ${named(name)} has the glory.`,
			(name) => `A photo finish, and ${named(name)} is the one smiling in it.`,
			(name, count) => `${named(name)} by ${points(count)}. It was enough.`,
			(name) => `By a whisker: ${named(name)}. The whisker is being framed.`,
		],
		wire_to_wire: [
			(name) => `${named(name)} led from the first round to the last, and looked relaxed about it.`,
			(name, count) => `${rounds(count)} in front. ${named(name)} has not seen a single back.`,
			(name) => `Pole position, every lap, the flag: ${named(name)}.`,
			(name) => `Nobody ever got past ${named(name)}, and not for want of trying.`,
		],
		below_zero: [
			(name) => `A win below zero still counts. ${named(name)} fell most gracefully.`,
			(name) => `Everybody lost something, and ${named(name)} lost least.`,
			(name) => `${named(name)} is first, in a manner of speaking. The cellar has a view too.`,
			(name) => `It was that kind of game. ${named(name)} had the warmest coat.`,
		],
		sharpest: [
			(name, count) => `Most promises kept: ${named(name)}, with ${count}. The points went elsewhere.`,
			(name) => `${named(name)} read the cards best of all. The sheet disagrees.`,
			(name, count) => `${count} on the dot for ${named(name)}. There ought to be a cup for that.`,
			(name) => `If accuracy won games, ${named(name)} would be giving a speech.`,
		],
		zero_master: [
			(name, count) => `${zeros(count)} kept by ${named(name)}, who makes nothing out of everything.`,
			(name) => `Master of the art of not being there: ${named(name)}.`,
			(name, count) => `${named(name)} took nothing ${count} times, on purpose.`,
			(name) => `Tricks? ${named(name)} would rather not, and it worked.`,
		],
		best_round: [
			(name, count) => `Round of the game: ${named(name)}, ${points(count)} in one go.`,
			(name, count) => `The best round of all goes home with ${named(name)}: ${count} at one stroke.`,
			(name) => `The finest single round was ${named(name)}'s. Put it in the album.`,
			(name) => `For one round nobody could touch ${named(name)}.`,
		],
		bold: [
			(name, count) => `Boldest word kept: ${count}, by ${named(name)}.`,
			(name, count) => `${named(name)} said ${count} out loud, and then did it.`,
			(name, count) => `Fortune favours ${named(name)}: ${count} called, ${count} made.`,
			(name, count) => `The highest number kept was ${named(name)}'s ${count}.`,
		],
		plain_win: [
			(name) => `A good, honest win for ${named(name)}.`,
			(name) => `${named(name)} it is. Well played, everybody.`,
			(name, count) => `${named(name)}, with ${points(count)} to spare. Shuffle again?`,
			(name) => `This time the cards liked ${named(name)} best. They are fickle, though.`,
			(name) => `${named(name)} wins, and will be quiet about it for at least a minute.`,
		],
	},
	seats: {
		shared_lead: [
			(names) => `${list(names)} share the lead. There is room for one.`,
			(names, count) => `${list(names)}, level on ${total(count)}. Politely, for now.`,
			(names) => `A crowd at the top: ${list(names)}.`,
			(names) => `${list(names)} are side by side. Elbows in, please.`,
		],
		close_race: [
			(names, count) => `${points(count)} between ${list(names)}. Breathe.`,
			(names) => `${list(names)} could shake hands from here.`,
			(names) => `You could not slip a card between ${list(names)}.`,
			(names) => `${list(names)}: this will be decided by a seven. It always is.`,
		],
		tie: [
			(names, count) => `${list(names)}, ${total(count)} each. The cards refused to choose.`,
			(names) => `Nobody between ${list(names)}. That calls for another game.`,
			(names) => `All that, and ${list(names)} end where they began: level.`,
			(names) => `${list(names)} meet at the top. There is air for everybody.`,
		],
	},
	table: {
		everyone_made: [
			() => 'Everybody kept the promise. Is somebody writing this down?',
			() => 'All of us, exactly. Nobody move.',
			(count) => `${count} players, ${count} kept promises. Frame it.`,
			() => 'Not one miss at the table. The cards are blushing.',
			() => 'Perfect round. It may never happen again, so enjoy it.',
			() => 'Everyone right at once. Somebody call the newspapers.',
		],
		nobody_made: [
			() => 'Nobody kept the promise. We shall not speak of it.',
			() => 'A round for the paper basket. On to the next.',
			() => 'All of us wrong, each in our own way.',
			() => 'The cards won that one.',
			() => 'Shared misery is half a misery.',
			() => 'Somewhere a fortune teller is shaking her head.',
		],
		three_frischs: [
			() => 'Three frischs in one round. The cards have seen the whole table.',
			() => 'Three times round with the cards before anybody spoke up. Careful people.',
			() => 'Third frisch lucky: somebody spoke up at last.',
			() => 'Three frischs. It was nearly quicker to play than to pass.',
		],
		frisch: [
			() => 'Nobody liked their cards, so everybody got somebody else’s.',
			(count) => `${plural(count, { one: 'A little frisch', other: '# little frischs' })} to air the room.`,
			() => 'First the shyness, then the cards on tour, then the game.',
			() => 'After a frisch, everybody knows some cards they should not.',
		],
		overbid: [
			(count) => `${count} tricks more were promised than there are. Arithmetic won.`,
			() => 'A confident table. The deck begged to differ.',
			(count) => `The table wanted ${count} too many. Somebody had to be let down.`,
			() => 'Together they wanted too much. It was never going to fit.',
		],
		underbid: [
			(count) => `${count} tricks nobody wanted. They found homes anyway.`,
			() => 'A modest table: the tricks had to be handed out by force.',
			(count) => `${count} orphans in this deal, and every one was adopted.`,
			() => 'After you. No, after you. The tricks went round like that.',
		],
		plain: [
			(count) =>
				`${plural(count, { one: 'One promise', other: '# promises' })} kept. A round like a cup of tea.`,
			() => 'No fireworks. The next deal has them, surely.',
			() => 'Quiet round. Somebody is planning something.',
			() => 'Nothing to write home about, so nobody did.',
			() => 'A round for the connoisseurs.',
			() => 'So far, so civil.',
		],
		lead_changes: [
			(count) => `The lead changed hands ${count} times. It must be dizzy.`,
			(count) => `${count} changes at the top: nobody was safe up there.`,
			(count) => `First place was passed round ${count} times, like the biscuits.`,
			(count) => `The lead moved house ${count} times in one game.`,
		],
		sharp_table: [
			(count) => `${count} % of all promises kept. A table of accountants.`,
			(count) => `Sharp company: ${count} % on the dot.`,
			(count) => `${count} % kept. This table means what it says.`,
			(count) => `With ${count} % kept, somebody here has been practising.`,
		],
		wild_table: [
			(count) => `${count} % of the promises kept. It is the thought that counts.`,
			(count) => `Only ${count} % held. It was a brave game, or a funny one.`,
			(count) => `${count} % on the dot. Politics would be impressed.`,
			(count) => `${count} % kept: the cards had a wonderful time.`,
		],
	},
};

export const commentaryText = defineText<CommentaryMessages>(en, {
	he: async () => (await import('./commentary.he.ts')).he,
});
