/**
 * WebRTC outside a browser: the real stack as a native module, for the tests of what is ours to run on it.
 *
 * A browser's channel refuses to send when it is no longer open. The module's reaches for what is gone, and takes the
 * process with it, so it is asked first. One that closes in that very moment, on a thread of the module's own, still
 * does: seldom, and on a busy machine ("Worker exited unexpectedly").
 */
import wrtc from '@roamhq/wrtc';

const { prototype } = wrtc.RTCDataChannel;
const { send } = prototype;
prototype.send = function (this: RTCDataChannel, data: never): void {
	if (this.readyState !== 'open') throw new DOMException('the channel is not open', 'InvalidStateError');
	send.call(this, data);
};

export const { RTCPeerConnection } = wrtc;
