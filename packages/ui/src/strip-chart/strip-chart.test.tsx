import { type FindingLook, SECOND, stripChart, timeScale } from '@liuhen/domain';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { tokens } from '../tokens.ts';
import { px } from './geometry.ts';
import { itemsOf } from './items.ts';
import { StripChart } from './strip-chart.tsx';
import { StripChartSvg } from './strip-chart-svg.tsx';
import { StripChartTable } from './strip-chart-table.tsx';
import { clockTime, cutOff, dividedAct, exampleAct, largeAct, recording } from './strip-chart-testing.ts';
import { stripChartEn, stripChartZh } from './texts.ts';
import { describe as describeItem } from './words.ts';

const model = stripChart(exampleAct());
const texts = stripChartZh;
const WIDTH = 1360;
const PLOT = 1160;
const picture = (more = {}) => renderToStaticMarkup(<StripChartSvg model={model} texts={texts} width={WIDTH} {...more} />);
const all = (html: string, pattern: RegExp): string[] => [...html.matchAll(pattern)].map((match) => match[1] ?? '');
const paths = (html: string, name: string) => all(html, new RegExp(`<path class="${name}[^"]*" d="([^"]+)"`, 'g'));

describe('exact geometry', () => {
    const { x } = timeScale(model.axis ?? { start: 0, end: 1 }, PLOT);
    test('bars, gap and field stand at their times', () => {
        const html = picture();
        const [officer = ''] = paths(html, 'lh-strip-runs');
        // Corners of radius 4: the outline begins 4 px right of the true edge and turns 4 px before the other.
        expect(officer.startsWith(`M${px(x(clockTime(9, 30, 30)) + 4)} `)).toBe(true);
        expect(officer).toContain(`H${px(x(clockTime(10, 5, 48)) - 4)}A`);
        const [gap = ''] = paths(html, 'lh-strip-gap');
        const [left, right] = [x(clockTime(10, 5, 48)), x(clockTime(10, 8, 24))];
        expect(gap).toContain(`${px(left)} `);
        expect(gap).toContain(`${px(right)} `);
        const field = /<rect class="lh-strip-field" x="([\d.]+)" y="36" width="([\d.]+)"/.exec(html);
        expect(Number(field?.[1])).toBeCloseTo(x(clockTime(9, 31)), 3);
        expect(Number(field?.[2])).toBeCloseTo(x(clockTime(10, 47)) - x(clockTime(9, 31)), 3);
    });
    test('one path a row for all runs, one for all joints', () => {
        const html = renderToStaticMarkup(<StripChartSvg model={stripChart(largeAct(700))} texts={texts} width={WIDTH} />);
        expect(paths(html, 'lh-strip-runs')).toHaveLength(10);
        const joints = paths(html, 'lh-strip-joints');
        expect(joints).toHaveLength(10);
        expect(joints.map((d) => d.split('M').length - 1)).toEqual(Array(10).fill(199));
    });
    test('uncertainty is a soft edge of true width', () => {
        const view = { start: clockTime(10, 5, 40), end: clockTime(10, 6, 0) };
        const html = picture({ view });
        const widths = all(html, /<rect class="lh-strip-soft"[^>]* width="([\d.]+)"/g);
        expect(widths.map(Number)).toEqual([(1.6 * SECOND * PLOT) / (20 * SECOND)]);
        expect(picture()).not.toContain('lh-strip-soft');
    });
    test('a joint shows its hole once that has a pixel', () => {
        const view = { start: clockTime(9, 50, 40), end: clockTime(9, 50, 50) };
        const [hole = ''] = paths(picture({ view }), 'lh-strip-holes');
        expect(hole).toMatch(/^M464 \d+H580V/);
    });
    test('the words of a bar stand beside a stated edge, not under it', () => {
        const view = { start: clockTime(9, 30), end: clockTime(9, 40) };
        const html = picture({ view });
        const scale = timeScale(view, PLOT);
        const edge = scale.x(clockTime(9, 31));
        const words = all(html, /<text x="([\d.]+)"[^>]*>第 1[^<]*段[^<]*<\/text>/g).map(Number);
        expect(scale.x(clockTime(9, 30, 30)) + 8).toBeLessThan(edge);
        expect(words[0]).toBeCloseTo(edge + 7, 3);
    });
    test('only what is in view is drawn', () => {
        const view = { start: clockTime(10, 6), end: clockTime(10, 7) };
        expect(paths(picture({ view }), 'lh-strip-runs')).toHaveLength(2);
    });
});

describe('words', () => {
    test('the gap says its length, its times and its state', () => {
        expect(picture()).toContain('中断 2 分 36 秒 · 10:05:48 → 10:08:24 · 待解释');
        expect(picture({ texts: stripChartEn })).toContain('Interrupted 2 min 36 s · 10:05:48 → 10:08:24 · to be explained');
    });
    test('a gap at an edge without a clock check, or beside a file of unknown time, is for a person to judge', () => {
        const act = exampleAct(null);
        const during = { start: clockTime(9, 20), end: clockTime(10, 47) };
        const late = { ...act, stated: during, segments: act.segments.map((each) => ({ ...each, during })) };
        const html = renderToStaticMarkup(<StripChartSvg model={stripChart(late)} texts={texts} width={WIDTH} />);
        expect(html).toMatch(/开始后 [^<]* · 待人判断/);
        expect(html).toContain('· 10:05:48 → 10:08:24 · 待解释');
        const untimed = { ...act, recordings: [...act.recordings, recording('r9', 'w', 'A-0173', [])] };
        const other = renderToStaticMarkup(<StripChartSvg model={stripChart(untimed)} texts={texts} width={WIDTH} />);
        expect(other).toContain('· 10:05:48 → 10:08:24 · 待人判断');
        expect(other).not.toContain('待解释');
    });
    test('that nothing was recorded is not met, whatever the reason, where recording was a must (附件1 第5条)', () => {
        const act = exampleAct();
        const during = { start: clockTime(9, 31), end: clockTime(10, 47) };
        const none = {
            ...act,
            recordings: act.recordings.filter(({ carrierId }) => carrierId !== 'l'),
            explanations: [{ id: 'answer', personId: 'l', during, reason: '记录仪无法开机', accepted: true }],
        };
        const drawn = (input: typeof none, language = texts) =>
            renderToStaticMarkup(<StripChartSvg model={stripChart(input)} texts={language} width={WIDTH} />);
        expect(paths(drawn(none), 'lh-strip-gap lh-unmet')).toHaveLength(1);
        expect(drawn(none)).toContain('· 已说明，仍不符合：记录仪无法开机');
        expect(drawn(none)).toMatch(new RegExp(`fill="${tokens.broken}" font-weight="600">0 %`));
        expect(drawn(none, stripChartEn)).toContain('· explained, and still not met: 记录仪无法开机');
        const table = renderToStaticMarkup(<StripChartTable model={stripChart(none)} texts={texts} />);
        expect(table).toContain('lh-gap lh-unmet');
        const wanted = none.segments.map((each) => ({ ...each, recording: 'should' as const }));
        expect(drawn({ ...none, segments: wanted })).not.toContain('仍不符合');
        // A file that does not say when it ran may be what is missing.
        const untimed = { ...none, recordings: [...none.recordings, recording('r9', 'l', 'A-0188', [])] };
        expect(drawn(untimed)).toContain('· 待人判断：记录仪无法开机');
    });
    test('what somebody ruled on a gap is said of it: it is no longer to be explained', () => {
        const act = exampleAct();
        const during = { start: clockTime(9, 31), end: clockTime(10, 47) };
        const none = { ...act, recordings: act.recordings.filter(({ carrierId }) => carrierId !== 'l') };
        const drawn = (
            input: typeof none,
            ruling?: 'confirmed' | 'disputed',
            of = during,
            texts = stripChartZh,
            width = WIDTH,
        ) => {
            const ruled = ruling === undefined ? {} : { ruled: { carrierId: 'l', ruling } };
            const about = { id: 'f', look: 'stands', words: '没有本人的音像', note: '李若川', during: of, ...ruled } as const;
            const model = stripChart({ ...input, findings: [about] });
            return renderToStaticMarkup(<StripChartSvg model={model} texts={texts} width={width} />);
        };
        expect(drawn(none)).toMatch(/全程无音像 [^<]* · 待解释</);
        const confirmed = drawn(none, 'confirmed');
        expect(confirmed).toMatch(/全程无音像 [^<]* · 未解释 · 已确认违规</);
        expect(paths(confirmed, 'lh-strip-gap lh-unmet')).toHaveLength(1);
        // Of the other officer, whose gap it is not, nothing was ruled.
        expect(confirmed).toContain('中断 2 分 36 秒 · 10:05:48 → 10:08:24 · 待解释');
        expect(drawn(none, 'confirmed', during, stripChartEn)).toContain('· not explained · violation confirmed');
        // Where there is little room it is the last that is left out but for the length.
        expect(drawn(none, 'confirmed', during, stripChartEn, 460)).toContain('>1 h 16 min · violation confirmed<');
        const disputed = drawn(none, 'disputed');
        expect(disputed).toMatch(/全程无音像 [^<]* · 异议成立</);
        expect(paths(disputed, 'lh-strip-gap lh-explained')).toHaveLength(1);
        // Explained, which makes nothing good, and then confirmed.
        const why = { id: 'answer', personId: 'l', during, reason: '记录仪无法开机', accepted: true };
        expect(drawn({ ...none, explanations: [why] }, 'confirmed')).toContain('· 已说明，仍不符合 · 已确认违规：记录仪无法开机');
        // What was found was a much shorter stretch: this is another gap.
        expect(drawn(none, 'confirmed', { ...during, end: clockTime(10, 0) })).toMatch(/全程无音像 [^<]* · 待解释</);
    });
    test('so is that it was begun late, by an officer; of a room that began late the reason counts (附件1 第8条)', () => {
        const words = { id: 'answer', during: { start: clockTime(9, 31), end: clockTime(9, 41) }, reason: '到场后才想起开机' };
        const late = (carrier: string, room: 'room' | null) => {
            const { segments, ...act } = exampleAct();
            const file = recording('r9', carrier, 'A-0188', [
                { id: 's9', device: { start: clockTime(9, 41), end: clockTime(10, 48) }, corrected: null },
            ]);
            const [stretch] = file.segments;
            if (stretch === undefined) throw new Error('no footage');
            const exactly = (at: number) => ({ at, lower: at, upper: at });
            const corrected = { start: exactly(stretch.device.start), end: exactly(stretch.device.end) };
            const input = {
                ...act,
                segments: segments.map((each) => ({
                    ...each,
                    room: room === null ? null : { carrierId: room, name: '听证室', substituteReason: null },
                })),
                recordings: [{ ...file, segments: [{ ...stretch, corrected }] }],
                explanations: [{ ...words, personId: carrier, accepted: true }],
            };
            return renderToStaticMarkup(<StripChartSvg model={stripChart(input)} texts={texts} width={WIDTH} />);
        };
        expect(late('l', null)).toContain('已说明，仍不符合：到场后才想起开机');
        expect(late('room', 'room')).toContain('已解释：到场后才想起开机');
        expect(late('room', 'room')).not.toContain('仍不符合');
    });
    test('footage of unknown length is a torn bar with words, and its share is a least one', () => {
        const act = { ...exampleAct(null), recordings: [cutOff('r9', 'w', 'A-0173', clockTime(9, 40))] };
        const chart = stripChart(act);
        const html = renderToStaticMarkup(<StripChartSvg model={chart} texts={texts} width={WIDTH} />);
        const { x } = timeScale(chart.axis ?? { start: 0, end: 1 }, PLOT);
        expect(paths(html, 'lh-strip-open-ends')).toEqual([expect.stringMatching(new RegExp(`^M${px(x(clockTime(9, 40)))} `))]);
        expect(html).toContain('09:40:00 起，时长不明');
        expect(html).toContain('有无音像不明 1 小时 7 分 · 09:40:00 → 10:47:00 · 待人判断');
        expect(html).toContain('≥ 0 %');
        const whole = renderToStaticMarkup(<StripChart model={chart} texts={stripChartEn} onClock={() => {}} />);
        expect(whole).toContain('begins 09:40:00, length unknown');
        const table = renderToStaticMarkup(<StripChartTable model={chart} texts={texts} />);
        expect(table).toContain('<td class="">录像，时长不明</td><td>09:40:00</td><td>不明</td><td></td>');
    });
    test('joined segments say so, assistants do not count, proposed words ask', () => {
        const html = picture();
        expect(html).toContain('第 1 段 20:00');
        expect(html).toContain('协管员 · 不计入两人');
        expect(html).toContain('结束语？');
        expect(html).toContain('照片 2');
        expect(html).toContain('96.5 %');
        expect(html).toContain('09:59:26');
    });
    test('every text of every case is filled', () => {
        for (const input of [exampleAct(), exampleAct(null), largeAct(8000)]) {
            for (const language of [stripChartZh, stripChartEn]) {
                const chart = stripChart(input);
                const html = renderToStaticMarkup(<StripChart model={chart} texts={language} onClock={() => {}} />);
                expect(html.replace(/style="[^"]*"/g, '')).not.toMatch(/[{}]|undefined|NaN/);
            }
        }
    });
});

test('in black and white nothing is told by colour', () => {
    const colours = new Set(all(picture({ paletteName: 'mono' }), /#([0-9a-f]{3,6})"/g));
    for (const colour of colours) {
        const [r, g, b] = colour.length === 3 ? colour : (colour.match(/../g) ?? []);
        expect([colour, r === g && g === b]).toEqual([colour, true]);
    }
    expect(picture({ paletteName: 'mono' })).toContain('fill="url(#lh-strip-hatch)"');
});

describe('for everybody', () => {
    const html = renderToStaticMarkup(<StripChart model={model} texts={texts} onClock={() => {}} />);
    test('every bar is spoken, one tab stop for all of them and one for the cursor', () => {
        const spoken = all(html, /<rect class="lh-strip-hit"[^>]* aria-label="([^"]+)"/g);
        expect(spoken).toEqual(itemsOf(model).map((item) => describeItem(item, texts).spoken));
        expect(spoken).toContain('王予安，中断 2 分 36 秒，10:05:48 至 10:08:24，待解释');
        expect(spoken).toContain(
            '李若川，记录仪 A-0188，第 1 至 3 段连续，09:30:44 至 10:47:56，1 小时 17 分 12 秒，时钟误差 ±0.8 秒',
        );
        expect(html.match(/class="lh-strip-hit"[^>]*tabindex="0"/g)).toHaveLength(1);
        expect(html).toMatch(/role="slider" tabindex="0"[^>]* aria-valuetext="回放时间 09:59:26.0"/);
    });
    test('the table says the same', () => {
        const table = renderToStaticMarkup(<StripChartTable model={model} texts={texts} />);
        expect(table.match(/<tr/g)).toHaveLength(itemsOf(model).length + 1);
        for (const fact of [
            '中断 2 分 36 秒',
            '10:05:48',
            '10:08:24',
            '待解释',
            '第 1–3 段连续',
            '场所内 25 米',
            '开始告知',
            '不计入两名监督员',
        ]) {
            expect(table).toContain(fact);
        }
    });
    test('without a clock fit the switch is closed and says why', () => {
        const closed = renderToStaticMarkup(<StripChart model={stripChart(exampleAct(null))} texts={texts} onClock={() => {}} />);
        expect(closed).toMatch(
            /aria-pressed="false" aria-disabled="true" aria-describedby="[^"]+" title="记录仪尚未校时[^"]*">校正时间/,
        );
        expect(html).toMatch(/aria-pressed="true" aria-disabled="false">校正时间/);
        expect(html).toContain('记录仪 A-0173 慢 4.2 秒（±0.8 秒）');
    });
    test('with nothing to show it says what will be here', () => {
        const empty = stripChart({ ...exampleAct(), stated: null, documents: [], recordings: [], positions: [], marks: [] });
        expect(renderToStaticMarkup(<StripChart model={empty} texts={texts} />)).toContain('填写执法起止时间');
    });
});

describe('an act of several segments', () => {
    const divided = stripChart(dividedAct());
    const html = renderToStaticMarkup(<StripChartSvg model={divided} texts={texts} width={WIDTH} />);
    const { x } = timeScale(divided.axis ?? { start: 0, end: 1 }, PLOT);
    test('each is a bar and a field, in the rows that belong to it only', () => {
        expect(paths(html, 'lh-strip-segment')).toHaveLength(2);
        const fields = [...html.matchAll(/class="lh-strip-field" x="([\d.]+)" y="(\d+)"/g)].map(([, left, y]) => [
            left,
            Number(y),
        ]);
        const up = String(px(x(clockTime(9, 31))));
        const store = String(px(x(clockTime(10, 0))));
        // Two segment rows, the document, the exemptions, 王 (upstairs), 李 (both), the assistant (store), positions, marks.
        expect(fields.map(([left]) => (left === up ? 'up' : left === store ? 'store' : '?'))).toEqual([
            'up',
            'store',
            'up',
            'store',
            'up',
            'store',
            'up',
            'up',
            'store',
            'store',
            'up',
            'store',
            'up',
            'store',
        ]);
    });
    test('what is exempt has its own stretch with its ground, and is no open gap', () => {
        expect(paths(html, 'lh-strip-exemption')).toHaveLength(1);
        expect(html).toContain('无菌场所');
        expect(paths(html, 'lh-strip-gap lh-exempt')).toHaveLength(1);
        expect(paths(html, 'lh-strip-gap lh-open')).toHaveLength(0);
    });
    test('the table and the spoken words say the same', () => {
        const table = renderToStaticMarkup(<StripChartTable model={divided} texts={texts} />);
        for (const fact of [
            '环节 1',
            '双随机现场检查 · 三楼诊室',
            '环节 2',
            '不作音像记录',
            '无菌场所',
            '已确认',
            '免录：无菌场所',
        ])
            expect(table).toContain(fact);
        const spoken = itemsOf(divided).map((item) => describeItem(item, texts).spoken);
        expect(spoken).toContain('环节 2，证据先行登记保存 · 库房，10:00 至 10:47，47 分');
        expect(spoken).toContain('不作音像记录，无菌场所，10:05:48 至 10:12:00，6 分 12 秒，已确认');
    });
    test('an act that is not divided shows no rows of segments', () => {
        expect(paths(picture(), 'lh-strip-segment')).toHaveLength(0);
        expect(all(picture(), /class="lh-strip-(field)"/g)).toHaveLength(1);
    });
});

describe('findings', () => {
    const [from, to] = [clockTime(10, 5, 48), clockTime(10, 8, 24)];
    const found = (id: string, look: FindingLook, start: number, end: number) => ({
        ...{ id, look, words: `问题 ${id}`, note: '张明 · 待答复', during: { start, end } },
    });
    const shown = stripChart({
        ...exampleAct(),
        findings: [
            found('a', 'open', from, to),
            found('b', 'waiting', from, to),
            found('c', 'stands', clockTime(10, 20), clockTime(10, 20)),
            found('d', 'explained', clockTime(10, 30), clockTime(10, 40)),
            found('e', 'unmet', clockTime(9, 40), clockTime(9, 44)),
        ],
    });
    const html = renderToStaticMarkup(<StripChartSvg model={shown} texts={texts} width={WIDTH} />);
    const printed = renderToStaticMarkup(<StripChartSvg model={shown} texts={texts} width={1000} paletteName="mono" />);
    const { x } = timeScale(shown.axis ?? { start: 0, end: 1 }, PLOT);
    const signs = (of: string) => all(of, /class="lh-strip-sign lh-(\w+)"/g);

    test('lie at their stretches, one under the other where they overlap, a moment without a bracket', () => {
        const brackets = paths(html, 'lh-strip-finding');
        expect(brackets).toHaveLength(4);
        expect(brackets.filter((d) => d.startsWith(`M${px(x(from))} `) && d.includes(`H${px(x(to))}V`))).toHaveLength(2);
        expect(shown.findings.map(({ spans }) => spans.map(({ id }) => id))).toEqual([['e', 'a', 'c', 'd'], ['b']]);
    });
    test('say how they stand by their shape, in black and white too', () => {
        expect(signs(html)).toEqual(['unmet', 'open', 'stands', 'explained', 'waiting']);
        expect(signs(printed)).toEqual(signs(html));
        const shapes = all(printed, /<(?:path|g)[^>]*class="lh-strip-sign[^>]*>((?:<(?:rect|circle|path)[^>]*>(?:<\/\w+>)?)*)/g);
        expect(new Set(shapes).size).toBe(4);
        // Crossed both, what is confirmed full and what no reason makes good hollow.
        expect(new Set(all(printed, /<rect x="-6" y="-6"([^>]*)>/g).map((each) => /fill="([^"]+)"/.exec(each)?.[1]))).toEqual(
            new Set(['#000000', '#ffffff']),
        );
        const triangles = all(printed, /<path[^>]*class="lh-strip-sign lh-(?:open|waiting)"([^>]*)>/g);
        expect(new Set(triangles.map((each) => /fill="([^"]+)"/.exec(each)?.[1])).size).toBe(2);
        expect(printed).toContain('问题 d · 张明 · 待答复');
    });
    test('are spoken and stand in the table', () => {
        const spoken = itemsOf(shown).map((item) => describeItem(item, texts).spoken);
        expect(spoken).toContain('发现的问题：问题 a，10:05:48 至 10:08:24，张明 · 待答复');
        expect(spoken).toContain('发现的问题：问题 c，10:20:00，张明 · 待答复');
        const table = renderToStaticMarkup(<StripChartTable model={shown} texts={texts} />);
        for (const id of ['a', 'b', 'c', 'd']) expect(table).toContain(`问题 ${id}`);
    });
    test('an act without any has no row for them', () => {
        expect(model.findings).toEqual([]);
        expect(picture()).not.toContain(texts.row.findings);
    });
});
