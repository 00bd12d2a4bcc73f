/** Words about groups that play regularly. */
import type { GroupMetric } from '../../archive/groups.ts';
import { defineText } from '../messages/language.svelte.ts';
import { pluralsOf } from '../messages/numbers.ts';

const plural = pluralsOf('en');

const METRICS: Readonly<Record<GroupMetric, string>> = {
	wins: 'Games won',
	points: 'Points in all',
	best_game: 'Best game',
	mean_score: 'Points a game',
	contract_rate: 'Bids made',
};

const en = {
	title: 'Groups',
	line: 'People who play together regularly: one page for the evening, the table and the numbers.',
	looking: 'Looking for your groups',
	none: 'This site has no archive',
	noneHint: 'Where there is one, a group has its members, its evenings and its leaderboard here.',
	failed: 'The archive cannot be reached',
	failedHint: 'Is there a network? Your groups are kept there.',
	again: 'Try again',
	empty: 'You are in no group yet',
	emptyHint: 'Make one and invite the others by a link, or open the link that somebody sends you.',
	make: 'New group',
	makeTitle: 'A new group',
	name: 'Name',
	namePlaceholder: 'Thursday cards',
	create: 'Make the group',
	cancel: 'Cancel',
	save: 'Save',
	close: 'Done',
	card: (members: number, games: number) =>
		`${plural(members, { one: '# member', other: '# members' })}, ${plural(games, {
			one: 'one game',
			other: '# games',
		})}`,
	cardTonight: (people: number) => plural(people, { one: 'One plays tonight', other: '# play tonight' }),

	facts: (games: number, rounds: number) =>
		games === 0
			? 'No game yet'
			: `${plural(games, { one: 'One game', other: '# games' })}, ${plural(rounds, { one: 'one round', other: '# rounds' })}`,
	tonight: 'Tonight',
	iPlay: 'I play tonight',
	iPlayHint: 'The others see it here.',
	nobodyPlays: 'Nobody has said so yet.',
	start: 'Start a table',
	startTitle: 'A table for the group',
	startHint: 'Everybody in the group sees it here and can join.',
	seats: 'Seats',
	open: 'Open the table',
	opening: 'Opening',
	openFailed: 'The table could not be opened. Try again.',
	tableOf: (name: string) => `${name} has opened a table`,
	ownTable: 'Your table is open',
	join: 'Join',
	back: 'To the table',

	members: 'Members',
	places: (members: number, most: number) => `${members} of ${most}`,
	owner: 'Owner',
	you: 'You',
	more: (name: string) => `More about ${name}`,
	invite: 'Invite',
	inviteTitle: (group: string) => `Invite to ${group}`,
	inviteWho: 'The link works',
	inviteWhos: { once: 'Once', many: 'For all free places' },
	inviteFor: 'Until',
	inviteFors: { day: 'Tomorrow', week: 'In a week' },
	makeLink: 'Make the link',
	link: 'Link to the group',
	linkOnce: 'For one person. Make another for the next.',
	linkMany: 'For everybody you send it to, while there are places.',
	copy: 'Copy the link',
	copied: 'Link copied',
	copyFailed: 'The link could not be copied: select it by hand.',
	share: 'Share',
	shareText: (group: string) => `Play cards with us: ${group}`,
	openLinks: 'Open links',
	openLink: (uses: number, until: string) =>
		`${plural(uses, { one: 'For one person', other: 'For # people' })}, until ${until}`,
	copyOpen: (link: string) => `Copy the link: ${link}`,
	takeBack: (link: string) => `Take the link back: ${link}`,
	tookBack: 'That link opens nothing any more.',
	edit: 'Edit',
	editTitle: 'Edit the group',
	description: 'About the group',
	descriptionPlaceholder: 'When you play, where, and what for.',
	size: 'Places',
	makeOwner: 'Make an owner',
	makeMember: 'No longer an owner',
	remove: 'Remove from the group',
	leave: 'Leave the group',
	leaveTitle: 'Leave the group?',
	leaveText: 'Your games stay in its numbers. To come back you need an invitation.',
	left: 'You have left the group.',

	ranking: 'Leaderboard',
	by: 'By',
	metrics: METRICS,
	player: 'Player',
	played: 'Played',
	noGames: 'No game that counts yet. One counts when more than half of its players have confirmed it.',
	rivals: 'Head to head',
	against: 'Whose games',
	score: (wins: number, losses: number) => `${wins} won, ${losses} lost`,
	difference: 'Points a game',
	nemesis: 'Nemesis',
	noRivals: 'Nobody has met anybody yet.',
	records: 'Records',
	recordNames: {
		highestScore: 'Best game',
		highestRoundScore: 'Best round',
		longestRun: 'Bids made in a row',
		lowestScore: 'Lowest game',
	},
	activity: 'When you play',
	weekdays: 'By weekday',
	months: 'By month',
	games: (games: number) => plural(games, { one: 'one game', other: '# games' }),

	invitation: 'An invitation',
	invitedBy: (name: string) => `${name} invites you to the group`,
	takesYou: 'You come in as',
	enter: 'Join the group',
	entering: 'One moment',
	isMember: 'You are in this group already.',
	toGroup: 'To the group',
	badLink: 'This invitation opens nothing',
	badLinkHint: 'It has been used, has expired, or a letter is missing. Ask for another.',
	lookingInvitation: 'Looking whose invitation this is',

	errors: {
		unreachable: 'The archive does not answer. Is there a network?',
		not_in_the_group: 'You are not in this group.',
		not_the_owner: 'Only an owner of the group can do that.',
		group_full: 'The group is full.',
		last_owner: 'You are its only owner: make somebody else one first.',
		bad_group: 'That is no name for a group: 1 to 64 characters.',
		too_many_groups: 'Nobody can be in more than 50 groups.',
		too_many_invites: 'There are many open invitations already. Take some back, or wait until they expire.',
		rate_limited: 'Too often in a short time. Try again later.',
		other: 'That did not work.',
	},
};

export type GroupMessages = typeof en;

export const groupText = defineText<GroupMessages>(en, {
	he: async () => (await import('./groups.he.ts')).he,
});
