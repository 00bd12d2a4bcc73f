/** `/?scene=trick&seats=4&viewer=0&seed=1&hook&live&lang=he`; without a scene the cards by themselves. */
import { mount } from 'svelte';
import type { SeatIndex } from '../../../src/lib/game/game.ts';
import Cards from './Cards.svelte';
import SceneView from './SceneView.svelte';
import { LANGUAGE_CODES } from '../../../src/lib/ui/messages/text.ts';
import { SCENES } from './scenes.ts';

const asked = new URLSearchParams(location.search);
const scene = SCENES.find((name) => name === asked.get('scene'));
const viewer = asked.get('viewer') ?? '0';

if (scene === undefined) mount(Cards, { target: document.body });
else {
	mount(SceneView, {
		target: document.body,
		props: {
			asked: {
				scene,
				seats: Number(asked.get('seats') ?? 4),
				viewer: viewer === 'none' ? null : (Number(viewer) as SeatIndex),
				seed: Number(asked.get('seed') ?? 1),
				hook: asked.has('hook'),
				live: asked.has('live'),
			},
			language: LANGUAGE_CODES.find((code) => code === asked.get('lang')) ?? 'en',
		},
	});
}
