import { expect, test } from 'vitest';
import { SpeedMeter } from './speed-meter.ts';

test('says nothing before it knows', () => {
    const meter = new SpeedMeter();
    expect(meter.bytesPerSecond).toBeUndefined();
    meter.add(0, 0);
    meter.add(500, 1_000);
    expect(meter.bytesPerSecond).toBeUndefined();
});
test('a resumed upload starts from where it stands', () => {
    const meter = new SpeedMeter();
    meter.add(1_000, 900_000);
    meter.add(3_000, 1_100_000);
    expect(meter.bytesPerSecond).toBe(100_000);
});
test('only the last seconds count', () => {
    const meter = new SpeedMeter();
    for (let second = 0; second <= 30; second += 1)
        meter.add(second * 1_000, second <= 20 ? second * 1_000 : 20_000 + (second - 20) * 10);
    expect(meter.bytesPerSecond).toBeCloseTo(10, 0);
});
