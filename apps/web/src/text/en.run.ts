import type { runZh } from './zh-CN.run.ts';

export const runEn: typeof runZh = {
    run: {
        title: 'Continuous recording',
        files: '{count} files joined',
        joint: 'change of files {time}',
        touches: 'without a hole',
        unknown: 'unknown',
        hidden: '(a file of another act)',
        gap: { before: 'Interrupted for {time} before', after: 'Interrupted for {time} after' },
        review: {
            before: 'What lies before the first file needs a look: the clock was not checked ({time} by the device)',
            after: 'What follows the last file needs a look: the clock was not checked ({time} by the device)',
        },
        limit: {
            organisation: 'Files at most {ms} ms apart count as continuous (a parameter of the organisation)',
            model: 'Files at most {ms} ms apart count as continuous (a parameter of this model)',
        },
        measured:
            'Changes of files measured on this model: {count}, median {median}, longest {most} (names tell seconds, so up to 1 s off)',
        measuredNone: 'No files of this model follow each other closely enough to measure',
    },
};
