/**
 * What calls a player who is not looking: two soft notes, a tick in the hand. Sounds are made here (no files): short
 * sine tones with a soft start, quiet enough for a train.
 */

/** Frequencies in Hz, one after the other. */
const TONES = {
	turn: [523.25, 783.99],
	card: [220],
	trick: [392],
	round: [392, 493.88, 587.33],
	win: [523.25, 659.25, 783.99, 1046.5],
} as const;
export type Sound = keyof typeof TONES;

const TONE_S = 0.16;
const STEP_S = 0.11;
const LOUD = 0.09;
/** A card is felt more than heard. */
const QUIET = 0.035;

let audio: AudioContext | null = null;

/** Browsers allow neither sound nor vibration before the page has been touched, and complain of the attempt. */
function isAllowed(): boolean {
	// Old Safari does not say; there an attempt is merely in vain.
	const activation: UserActivation | undefined = navigator.userActivation;
	return activation === undefined || activation.hasBeenActive;
}

export function playSound(sound: Sound): void {
	if (typeof AudioContext === 'undefined' || !isAllowed()) return;
	// What is seen comes first: it takes longer to reach the eye.
	setTimeout(() => {
		audio ??= new AudioContext();
		if (audio.state === 'suspended') void audio.resume();
		const peak = sound === 'card' || sound === 'trick' ? QUIET : LOUD;
		for (const [i, hertz] of TONES[sound].entries()) playTone(audio, hertz, i * STEP_S, peak);
	});
}

function playTone(context: AudioContext, hertz: number, inS: number, peak: number): void {
	const start = context.currentTime + inS;
	const tone = context.createOscillator();
	const gain = context.createGain();
	tone.frequency.value = hertz;
	gain.gain.setValueAtTime(0, start);
	gain.gain.linearRampToValueAtTime(peak, start + 0.012);
	gain.gain.exponentialRampToValueAtTime(0.0001, start + TONE_S);
	tone.connect(gain).connect(context.destination);
	tone.start(start);
	tone.stop(start + TONE_S + 0.02);
}

/** A short tick in the hand, where the device can. */
export function tickHand(): void {
	if ('vibrate' in navigator && isAllowed()) navigator.vibrate(18);
}
