import type { derivedZh } from './zh-CN.derived.ts';

export const derivedEn: typeof derivedZh = {
    derived: {
        title: 'Derived items',
        titleWhat: 'Made from the original, of which no byte is touched; a derived item is never taken for the original',
        empty: 'Nothing has been made from it yet',
        kinds: { repaired: 'repaired copy', playable: 'copy that plays', thumbnail: 'thumbnail', storyboard: 'storyboard' },
        madeFrom: 'Made from the original {digest}',
        from: 'From',
        program: 'Program',
        arguments: 'Arguments',
        digest: 'Its own SHA-256',
        states: {
            made: 'made',
            failed: 'not made',
            programMissing: 'ffmpeg is not installed on the server, so none can be made',
        },
        reasons: {
            program: 'the program did not manage',
            timedOut: 'it took longer than it may',
            nothing: 'there was no picture to be had',
            unplayable: 'the copy does not play either and was thrown away',
            damaged: 'what was stored is damaged and is being made anew',
            noReference:
                'the file has no index and no parameters of its pictures, and no whole recording of the same device or model has any that fit; it is tried again when one comes in',
        },
        rebuilt: {
            said: 'Repaired: the original has no index; {share} of what was recorded could be read, {pictures} pictures. Times are approximate',
            inStream: 'Parameters of the pictures: in the recorded data itself',
            lent: {
                sameDevice: 'Parameters taken from a recording of the same device',
                sameModel: 'Parameters taken from a recording of another device of this model, which is less sure',
            },
            decoded: 'The first {count} pictures decode by them without an error',
            rate: {
                reference: '{rate} pictures a second, as in that recording',
                stream: '{rate} pictures a second, as the recorded data says',
                assumed: '{rate} pictures a second, which is assumed and rests on nothing',
            },
            sound: {
                kept: 'Sound included',
                notApart: 'Sound left out: nothing in the data tells reliably where it begins and ends',
                notKnown: 'Sound left out: no recording says how it is coded',
            },
            holes: 'Broken off in {count} places, next to which pictures may be wrong; {left} pictures that build on lost ones are left out',
        },
        dull: {
            dark: 'Pictures almost black: {at}',
            silent: 'Nothing to be heard: {at}',
            more: '{count} more are not listed',
            none: 'No pictures that are almost black for 10 seconds, no minute without sound',
            noneDark: 'No pictures that are almost black for 10 seconds',
            unheard: 'No sound, or in a coding that cannot be listened to',
            what: 'A hint, good to about a second, and no verdict; whether it is clear is for a person to see',
        },
        make: 'Make the {kind}',
        again: 'Make again',
        asked: 'Queued; it shows here when it is done',
        making: 'Being made…',
        cannotShow:
            'Browsers cannot play the original. A copy that plays is made by a job in the background, and plays here once it is there.',
        shown: { repaired: 'repaired copy (the original is incomplete)', playable: "copy (the original's coding does not play)" },
        pictures: 'Pictures',
        show: 'Show pictures',
        showing: 'Pictures registered until {time}',
        showWhat: 'Looking at pictures is viewing too: they show once that is registered (Annex 1 Art. 19).',
        purpose: 'Looking at pictures to file recordings',
        none: 'No picture',
        withheld: 'Pictures of {count} are withheld: not your own recordings, or your organisation has not opened them',
        pictureOf: 'Picture of {name}',
        boardOf: 'Storyboard of {name}, one picture every {every}',
    },
};
