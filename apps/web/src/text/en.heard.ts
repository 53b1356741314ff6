import type { heardZh } from './zh-CN.heard.ts';

export const heardEn: typeof heardZh = {
    heard: {
        title: 'Speech recognition',
        titleWhat: 'A program only says where to listen; a person confirms',
        onChart: 'Heard by a program, to be confirmed',
        kinds: { opening: 'Perhaps the opening words', closing: 'Perhaps the closing words' },
        said: 'Written down: “{words}”',
        confirm: 'Confirm',
        reject: 'It is not',
        confirmed: 'Heard and confirmed by {name}, {time}',
        rejected: 'Heard and rejected by {name}, {time}',
        decidedOnes: '{count} checked',
        done: 'Recorded',
        ask: 'Have it listened to',
        again: 'Listen again',
        none: 'None of the prescribed words were heard; play it and mark the moment by hand.',
        states: {
            asked: 'Being listened to; what is heard appears here',
            done: '{program} · {time}',
            noSound: 'There is no sound in this file',
            programMissing: 'The program for speech recognition did not start; ask the system administrator',
            failed: 'Listening did not succeed; try again, or play it and mark the moment by hand',
        },
    },
};
