import type { daySheetZh } from './zh-CN.day-sheet.ts';

export const daySheetEn: typeof daySheetZh = {
    daySheet: {
        tab: 'Daily sheets',
        title: 'Daily sheets',
        sub: 'The last signature of each day on one sheet of paper, sealed, signed and archived: if the log is changed later, the root on paper does not fit',
        day: 'Day',
        heads: { sha256: 'Entries', sm3: 'Entries (SM3)' },
        root: 'Root (SHA-256)',
        at: 'Signed at',
        print: 'Sheet (PDF)',
        chinese: 'Chinese',
        english: 'English',
        printLabel: 'Sheet of {day}, {language}',
        nothing: 'Nothing was signed on this day, so there is no sheet',
        nothingToday: 'Nothing is signed today yet',
        soFar: 'today is not over',
        noneTitle: 'No sheets in this time',
        noneWhat: 'There are sheets from the first signature of the log on. Choose other days, or clear the filter.',
        emptyTitle: 'No sheets yet',
        emptyWhat: 'Once the log is signed for the first time there is one for every day.',
        compare: 'Compare with the root on paper',
        field: 'Root from the sheet',
        fieldHelp:
            'Type the 13 groups (small letters and spaces are fine, 0, 1 and 8 are taken for O, I and B), or paste the whole text that the code holds',
        groups: '{groups} of 13 groups typed.',
        faults: {
            length: 'Group {group} has to have 5 characters',
            character: 'Group {group} has a character that stands on no sheet',
            check: 'Group {group} has a mistake: its check character does not fit',
        },
        wrongNote: 'This is not the whole text of a checkpoint. Scan it again and paste it from the first line to the last.',
        found: 'It fits: this was the root at {size} entries ({head}, signed {time}), and the first {size} entries of the log still have it.',
        foundChanged:
            'It does not fit: the log was signed with this root at {size} entries ({head}, {time}), but its first {size} entries have another one now. The log was changed.',
        notFound:
            'It does not fit: no checkpoint of the log of this organisation had this root. The sheet may be of another log, or the log was changed.',
        otherLog: 'The code is of another log: {origin}.',
        notSigned:
            'The signature in the code is not by a key of this log: the text was changed, or it was not printed by this system.',
        noteSame: 'It fits: the signature is valid, and the first {size} entries of the log still have this root.',
        noteDifferent: 'It does not fit: the first {size} entries of the log have another root now. The log was changed.',
        noteShorter: 'It does not fit: the sheet says {size} entries, and the log has fewer now.',
        what: 'If it does not fit, keep the sheet and ask the system administrator to run npm run liuhen -- verify on the server.',
    },
};
