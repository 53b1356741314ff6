import type { findingsZh } from './zh-CN.findings.ts';

export const findingsEn: typeof findingsZh = {
    finding: {
        'media.empty': 'An empty file (0 bytes)',
        'media.notMedia': 'Not a media file, or damaged beyond recognition',
        'media.noMoov': 'No index (power lost or not ended properly); cannot be played directly',
        'media.truncated': 'Incomplete: the last {missing} are missing',
        'media.truncatedUsable': 'Incomplete: the last {missing} are missing, the first {usable} can be used',
        'media.noVideo': 'No picture',
        'media.noAudio': 'No sound',
        'media.codecNotPlayable': 'Codec {codec} does not play in browsers; a derived copy is needed',
        'media.containerNotPlayable': 'Container {container} does not play in browsers; a derived copy is needed',
        'media.unsupportedContainer': 'Container {container} cannot be inspected; the original is kept',
        'media.picture': 'A picture ({container}): it has no length, sound or frame rate to measure',
        'media.lowResolution': '{width}×{height}, below the reference of 1920×1080',
        'media.lowFrameRate': '{rate} frames/s, below the reference',
        'media.audioOffset': 'Sound and picture differ by {start} at the start and {end} at the end',
        'media.inspectionFailed': 'The inspection did not finish; the original is kept',
        'media.inspectionTimedOut': 'The inspection timed out; the original is kept',
    },
    findingDo: {
        'media.empty': 'Look at this stretch on the recorder; if it is empty there too, state why in the note of the act.',
        'media.notMedia': 'Check whether this is the right file. If not, leave it unfiled and upload the right recording.',
        'media.noMoov':
            'Export this stretch from the recorder or the station again and upload it. If it is the same there, have the maker repair it and upload the repaired file as one of its own; this one stays as it is.',
        'media.truncated':
            'Copy it from the recorder or the station again and upload it. If there is no more, state why in the note of the act.',
        'media.noVideo': 'Check whether only sound was recorded; if the recorder has the picture too, upload that file as well.',
        'media.codecNotPlayable': 'Open the original with a player that knows this codec.',
        'media.containerNotPlayable': 'Open the original with a player that knows this format.',
        'media.unsupportedContainer':
            "Open the original with the maker's player; if that can export MP4, upload the export as a file of its own.",
        'media.inspectionFailed':
            'Open the original with a player; if that fails, copy it from the recorder again and upload it.',
        'media.inspectionTimedOut':
            'Open the original with a player; if that fails, copy it from the recorder again and upload it.',
    },
};
