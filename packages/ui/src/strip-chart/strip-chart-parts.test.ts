import { stripChart, stripChartRows, timeScale } from '@liuhen/domain';
import { describe, expect, test } from 'vitest';
import { barPath, fitting, placeRows, shorten, textWidth } from './geometry.ts';
import { itemAt } from './hit-areas.tsx';
import { itemsOf } from './items.ts';
import { keyAction } from './keys.ts';
import { clockTime, cutOff, exampleAct } from './strip-chart-testing.ts';
import { stripChartEn, stripChartZh } from './texts.ts';

const key = (name: string, more = {}) =>
    keyAction({ key: name, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more });

test('keys', () => {
    expect(key('ArrowRight')).toEqual({ kind: 'step', ms: 1000 });
    expect(key('ArrowLeft', { shiftKey: true })).toEqual({ kind: 'step', ms: -10_000 });
    expect(key('PageDown')).toEqual({ kind: 'step', ms: 60_000 });
    expect(key('End')).toEqual({ kind: 'edge', side: 'end' });
    expect(key('0')).toEqual({ kind: 'fit' });
    expect(key('ArrowDown')).toEqual({ kind: 'item', by: 1 });
    expect(key('ArrowRight', { ctrlKey: true })).toBeUndefined();
    expect(key('a')).toBeUndefined();
});

describe('geometry', () => {
    test('a bar keeps its edges whatever its corners', () => {
        expect(barPath(0.3, 1.1, 10, 20)).toBe('M0.3 10H1.1V30H0.3Z');
        expect(barPath(10, 110, 0, 24)).toBe(
            'M14 0H106A4 4 0 0 1 110 4V20A4 4 0 0 1 106 24H14A4 4 0 0 1 10 20V4A4 4 0 0 1 14 0Z',
        );
    });
    test('texts are measured generously and shortened last', () => {
        expect(textWidth('王予安', 13)).toBe(39);
        expect(textWidth('10:05', 10)).toBeCloseTo(28);
        expect(fitting(['第 1–4 段，连续 1:17:12', '1:17:12'], 60, 11.5)).toBe('1:17:12');
        expect(fitting(['1:17:12'], 10, 11.5)).toBeUndefined();
        expect(shorten('卫生监督意见书', 50, 10)).toBe('卫生监督…');
    });
});

test('what is under the pointer: narrow things have mercy, gaps win', () => {
    const model = stripChart(exampleAct());
    const { rows } = placeRows(stripChartRows(model));
    const scale = timeScale(model.axis ?? { start: 0, end: 1 }, 1160);
    const y = (index: number) => (rows[index]?.barY ?? 0) + 5;
    const at = (time: number, row: number, by = 0) => itemAt(itemsOf(model), rows, scale, scale.x(time) + by, y(row))?.key;
    expect(at(clockTime(10, 7), 1)).toMatch(/^gap\/w/);
    expect(at(clockTime(9, 40), 1)).toMatch(/^run\/w/);
    expect(at(clockTime(10, 5, 48), 1, 0.01)).toMatch(/^gap\/w/);
    expect(at(clockTime(10, 33), 5, 12)).toBe('mark/m4');
    expect(at(clockTime(10, 40), 5)).toBeUndefined();
});

test('an open end wins over the gap that it leaves open', () => {
    const act = exampleAct();
    const model = stripChart({ ...act, recordings: [cutOff('r9', 'w', 'A-0173', clockTime(9, 40))] });
    const { rows } = placeRows(stripChartRows(model));
    const scale = timeScale(model.axis ?? { start: 0, end: 1 }, 1160);
    const y = (rows[1]?.barY ?? 0) + 5;
    const at = (by: number) => itemAt(itemsOf(model), rows, scale, scale.x(clockTime(9, 40)) + by, y)?.key;
    expect(at(6)).toBe('start/r9');
    expect(at(40)).toMatch(/^gap\/w/);
    expect(at(-40)).toMatch(/^gap\/w/);
});

test('both languages take the same parameters', () => {
    const holes = (value: unknown): unknown =>
        typeof value === 'string'
            ? [...value.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort()
            : Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([name, each]) => [name, holes(each)]));
    expect(holes(stripChartEn)).toEqual(holes(stripChartZh));
});
