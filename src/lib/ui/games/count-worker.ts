/** The thread that statistics are counted on: answers each `CountRequest`, and says how far it has come. */
import { countGames, type CountReply, type CountRequest } from '../../archive/counting.ts';
import { createLocalArchive } from '../../archive/local.ts';
import { createDexieShelf } from '../../store/shelf.ts';

const reply = (message: CountReply): void => self.postMessage(message);
// For as long as the page wants to know: another filter asks for the same games.
const archive = createLocalArchive(createDexieShelf(), { remembers: true });

self.addEventListener('message', ({ data }: MessageEvent<CountRequest>) => {
	const { id } = data;
	countGames(archive, data, (done, of) => reply({ id, type: 'progress', done, of })).then(
		(counted) => reply({ id, type: 'counted', counted }),
		// The database went away, or refuses the page.
		() => reply({ id, type: 'failed' }),
	);
});
