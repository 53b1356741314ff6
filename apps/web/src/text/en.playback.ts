import type { playbackZh } from './zh-CN.playback.ts';

export const playbackEn: typeof playbackZh = {
    playback: {
        corrected: 'Corrected time',
        hear: 'Sound of {name}',
        heard: 'Heard; press to mute',
        silent: 'Muted; press to hear',
        hearOnly: 'Hear only {name}',
        solo: 'Solo',
        soloWhat: 'Hear only this one; press again to hear all',
        skipGaps: 'Skip where nothing was recorded',
        shownNow: '{shown} of {all} cameras show a picture now',
        keys: 'Space or K play/pause · ← → 5 s · J L 10 s · , . one frame · < > speed',
    },
};
