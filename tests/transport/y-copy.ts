/**
 * The stock provider's world in one file. It keeps its rooms in module variables, so two peers in one page need two
 * copies of it: the page imports this with another query each time.
 */
export { WebrtcProvider } from 'y-webrtc';
export * as Y from 'yjs';
export { createYWebrtc } from '../../src/lib/transport/y-webrtc.ts';
