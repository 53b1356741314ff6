import { expect, test } from 'vitest';
import { inspectionFacts, isPlainName } from './inspection-facts.ts';

const hex = (name: string) => [...new TextEncoder().encode(name)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

test('plain names', () => {
    expect(isPlainName('现场.mp4', hex('现场.mp4'))).toBe(true);
    expect(isPlainName('../x.mp4', hex('../x.mp4'))).toBe(true);
});
test('names that must be shown as bytes too', () => {
    expect(isPlainName('现场', 'cfd6b3a1')).toBe(false);
    expect(isPlainName('a\u0000b', hex('a\u0000b'))).toBe(false);
    expect(isPlainName('gpj.\u202E4pm', hex('gpj.\u202E4pm'))).toBe(false);
    expect(isPlainName('é', hex('e\u0301'))).toBe(false);
});
test('an inspection of any shape is read without falling over', () => {
    expect(inspectionFacts({})).toEqual({ container: undefined, encoders: [], video: [], audio: [] });
    expect(
        inspectionFacts({ tracks: [{ kind: 'video', codec: 'avc', width: 1920, height: 1080, frameRateMilli: 25_000 }, null, 3] })
            .video,
    ).toEqual([{ codec: 'avc', width: 1920, height: 1080, frameRateMilli: 25_000, bitrate: undefined }]);
});
