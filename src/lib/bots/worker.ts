/** The thread that bots think on: answers each `BotRequest` with a `BotReply`, and nothing to anything else. */
import { answer } from './answer.ts';

self.addEventListener('message', (message: MessageEvent<unknown>) => {
	const reply = answer(message.data);
	if (reply !== null) self.postMessage(reply);
});
