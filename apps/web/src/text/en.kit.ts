import type { Texts } from './zh-CN.ts';

export const kitEn: Pick<Texts, 'kit'> = {
    kit: {
        title: 'On this device',
        sub: 'This opens without network. Only you see it while signed in; signing out clears it.',
        away: 'The server cannot be reached.',
        awayWhat: 'Shown is what this device kept at {time}. What you write is kept here and sent when there is network.',
        newVersion: 'There is a new version of the system.',
        takeNewVersion: 'Update now',
        newVersionUnsaved: 'Something is not saved yet. Save it first, then update.',
        newVersionUploads: 'Uploads are running. Update when they are done.',
        acts: 'Acts that are not closed',
        tasks: 'Tasks to do',
        parties: 'Parties',
        none: 'None',
        drafts: 'My drafts',
        numbers: 'Numbers taken along',
        numbersLeft: '{type}: {count} number(s) left',
        numbersNone: 'No numbers are reserved for this device. What is made at the scene is numbered once it is sent.',
        takenAt: 'as of {time}',
        take: 'Update now',
        taking: 'Updating…',
        taken: 'Updated',
        notYet: 'Nothing was taken along yet',
        notYetWhat:
            'A few seconds after signing in with network it comes by itself: acts that are not closed, tasks, their parties and documents, numbers of this device. Acts with a mark of secrecy are left out.',
        secrecy: 'Acts with a mark of secrecy and their documents are not kept here; they need the network.',
        noProgram:
            'This address is not encrypted (HTTPS), so the browser keeps no program: without network, do not close or reload the page.',
        signOutUnsent: '{count} item(s) were not sent yet',
        signOutUnsentWhat:
            'They stay on this device, and only you see and send them after signing in again. Send them before you change the device.',
        sessionOver: 'The sign-in has ended. What was not sent is on this device, nothing is lost.',
        clockWrong:
            'The clock of this device differs from the server by {difference}. Please check it; start and end of a document are what you state.',
        full: 'The device is full, this was not kept. Make room, or send the photos that are here first.',
    },
};
