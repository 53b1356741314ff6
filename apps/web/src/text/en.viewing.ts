import type { viewingZh } from './zh-CN.viewing.ts';

export const viewingEn: typeof viewingZh = {
    viewing: {
        title: 'Viewings',
        sub: 'Who viewed which recording, when, for what, and which parts were really played (annex 1, article 19)',
        subOwn: 'Your own viewings: when, for what, of which recording, and which parts were really played (annex 1, article 19)',
        search: 'Viewer, recording or purpose',
        noneTitle: 'No viewing matches',
        noneWhat: 'Try another word, or clear the filters.',
        emptyTitle: 'No viewing has been registered',
        emptyWhat: 'Once a purpose is registered and a recording opened, it stands here.',
        by: 'Viewer',
        purpose: 'Purpose',
        openedAt: 'Begun',
        endedAt: 'Ended',
        kind: 'How',
        kinds: { content: 'Played or shown', pictures: 'Small pictures' },
        state: 'State',
        states: { open: 'Going on', ended: 'Ended', expired: 'Closed by time' },
        recording: 'Recording',
        andMore: '{name} and others, {count} in all',
        act: 'Act',
        played: 'Parts really played',
        playedWords: '{ranges}; {total} in all',
        nothingPlayed: 'Nothing played',
        notKnown: 'Not known',
    },
};
