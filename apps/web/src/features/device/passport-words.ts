import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { modelFigure } from '@liuhen/domain';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import { frameRate } from '../recording/finding-words.ts';

export type Passport = ResponseOf<Endpoints['device.passport']>;
export type PassportRow = Passport['items'][number];

/** 附件2 is advisory: nothing here is red. */
export const PASSPORT_STATUS: Readonly<Record<PassportRow['verdict'], Status>> = {
    met: 'held',
    certified: 'held',
    stated: 'judge',
    statedBelow: 'act',
    statedOpen: 'judge',
    unknown: 'judge',
    paperOnly: 'judge',
    below: 'act',
    mixed: 'act',
    expired: 'act',
};

/** What a row rests on, in words; what was not measured says so. */
export function usePassportWords() {
    const text = useText();
    const { language } = useLanguage();
    const format = useFormat();
    const tenth = (thousandths: number | undefined) => ((thousandths ?? 0) / 1_000).toFixed(1);
    const basis = ({ measure, values, files, verdict }: PassportRow): string => {
        if (measure === null) return '';
        const sentence = (text.passport.measure as Readonly<Record<string, string>>)[measure];
        if (sentence === undefined) return '';
        const told = Object.keys(values).length > 0 || measure === 'wholeness' || measure === 'keyMark';
        if (!told || (files === 0 && verdict === 'unknown' && (measure === 'wholeness' || measure === 'keyMark')))
            return text.passport.notMeasured;
        const { rateMilli, worstMilli, leastKbps, mostKbps, apartMs, topKbps, hundredths, longestMs, lowerMs, upperMs } = values;
        return fill(sentence, {
            width: values.width ?? 0,
            height: values.height ?? 0,
            filmWidth: values.filmWidth ?? 0,
            filmHeight: values.filmHeight ?? 0,
            rate: frameRate(rateMilli ?? 0),
            worst: worstMilli === undefined ? '—' : frameRate(worstMilli),
            least: ((leastKbps ?? 0) / 1_000).toFixed(2),
            most: ((mostKbps ?? 0) / 1_000).toFixed(2),
            steps: values.steps ?? 0,
            apart: format.duration(apartMs ?? 0),
            looked: values.looked ?? 0,
            having: values.having ?? 0,
            top: ((topKbps ?? 0) / 1_000).toFixed(2),
            hours: ((hundredths ?? 0) / 100).toFixed(1),
            longest: format.duration(longestMs ?? 0),
            lower: tenth(lowerMs),
            upper: tenth(upperMs),
        });
    };
    const counted = ({ files, below, from, to, sure }: PassportRow): string[] =>
        files === 0 || from === null || to === null
            ? []
            : [
                  fill(text.passport.counted, { files: format.count(files), from: format.date(from), to: format.date(to) }),
                  ...(below > 0 ? [fill(text.passport.belowOf, { count: format.count(below) })] : []),
                  ...(sure === null ? [] : [text.passport.sure[sure]]),
              ];
    /** `登记：厂家资料 视频帧率 30 帧/秒（达到）`: said as what somebody states, never as what was found. */
    const stated = ({ key, value, source, detail, standing }: PassportRow['stated'][number]): string => {
        const { zh, en } = modelFigure(key);
        return fill(text.passport.stated, {
            figure: language === 'en' ? en : zh,
            value,
            source: [text.model.sources[source], detail].filter((each) => each !== null && each !== '').join(' · '),
            standing: text.model.standings[standing],
        });
    };
    return { basis, counted, stated };
}
