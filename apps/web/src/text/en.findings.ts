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
        'media.lowResolution': '{width}×{height}, below the reference of 1920×1080',
        'media.lowFrameRate': '{rate} frames/s, below the reference',
        'media.audioOffset': 'Sound and picture differ by {start} at the start and {end} at the end',
        'media.inspectionFailed': 'The inspection did not finish; the original is kept',
        'media.inspectionTimedOut': 'The inspection timed out; the original is kept',
    },
};
