import type { GapPlace, GapRuling, GapState, Locale, MarkKind } from '@liuhen/domain';

/** Every word of the strip chart. `{name}` marks a parameter. zh-CN is the source; other languages satisfy this type. */
export type StripChartTexts = {
    readonly locale: Locale;
    readonly title: string;
    readonly chartLabel: string;
    readonly clock: { readonly label: string; readonly corrected: string; readonly device: string };
    readonly note: {
        readonly corrected: string;
        readonly device: string;
        readonly slow: string;
        readonly fast: string;
        readonly exact: string;
        readonly mixed: string;
        readonly noFit: string;
        readonly noFootage: string;
        readonly more: string;
    };
    readonly actions: {
        readonly zoomIn: string;
        readonly zoomOut: string;
        readonly fit: string;
        readonly table: string;
        readonly chart: string;
        readonly exportSvg: string;
        readonly fileName: string;
        readonly keys: string;
    };
    readonly empty: { readonly title: string; readonly body: string };
    readonly row: {
        readonly officer: string;
        readonly officerBare: string;
        readonly assistant: string;
        readonly assistantShort: string;
        readonly room: string;
        readonly roomBare: string;
        readonly deviceTime: string;
        readonly unplaced: string;
        readonly position: string;
        readonly positionOf: string;
        /** One scenario at one site of the act. */
        readonly segment: string;
        readonly exemption: string;
        readonly marks: string;
        readonly findings: string;
        readonly document: string;
        readonly noFootage: string;
        /** A share that may be too low. */
        readonly atLeast: string;
    };
    /** Footage of which only the beginning is known. */
    readonly openEnd: { readonly from: string; readonly short: string; readonly what: string; readonly end: string };
    readonly segment: string;
    readonly segments: string;
    readonly segmentsShort: string;
    readonly documentFrom: string;
    readonly documentTo: string;
    readonly gap: {
        readonly label: Record<GapPlace, string>;
        /** After footage of unknown length: perhaps no gap. */
        readonly openEnd: string;
        readonly state: Record<GapState, string>;
        /** Of an open gap that may be none, because a clock is unchecked or a file's time unknown. */
        readonly judge: string;
        /** Where nothing was recorded or it was begun late, whatever the reason (附件1 第5、8条). */
        readonly unmet: string;
        /** What somebody ruled on it, and that nothing explained it before. */
        readonly ruling: Record<GapRuling, string>;
        readonly unexplained: string;
        /** Of an open gap where recording is no must (正文二(二)1). */
        readonly wanted: string;
    };
    /** Where nothing had to be recorded: whether it is confirmed, and what is still owed. */
    readonly exemption: { readonly confirmed: string; readonly waiting: string; readonly noteMissing: string };
    readonly position: {
        readonly inside: string;
        readonly insideAt: string;
        readonly outside: string;
        readonly outsideAt: string;
        readonly unknown: string;
    };
    readonly mark: {
        readonly kind: Record<MarkKind, string>;
        readonly photos: string;
        readonly proposed: string;
        readonly proposedLong: string;
    };
    readonly spoken: {
        readonly segment: string;
        readonly exemption: string;
        readonly document: string;
        readonly run: string;
        readonly runJoined: string;
        readonly gap: string;
        readonly position: string;
        readonly mark: string;
        readonly markOf: string;
        readonly finding: string;
        readonly findingAt: string;
        readonly until: string;
        readonly uncertain: string;
        readonly uncertainGap: string;
        readonly openEndGap: string;
        readonly openEnd: string;
        readonly dueAt: string;
        readonly cursor: string;
        readonly noCursor: string;
        readonly bars: string;
        readonly notCounted: string;
    };
    readonly table: {
        readonly caption: string;
        readonly row: string;
        readonly what: string;
        readonly start: string;
        readonly end: string;
        readonly length: string;
        readonly note: string;
        readonly segmentCount: string;
    };
};

export const stripChartZh: StripChartTexts = {
    locale: 'zh-CN',
    title: '时间对照',
    chartLabel: '文书、记录仪、位置与标记在同一时间轴上的对照',
    clock: { label: '时间基准', corrected: '校正时间', device: '设备时间' },
    note: {
        corrected: '校正后时间',
        device: '设备时间',
        slow: '记录仪 {device} 慢 {offset}（±{plusMinus}）',
        fast: '记录仪 {device} 快 {offset}（±{plusMinus}）',
        exact: '记录仪 {device} 准（±{plusMinus}）',
        mixed: '部分记录仪尚未校时，按设备时间显示',
        noFit: '记录仪尚未校时，没有校正时间，按设备时间显示',
        noFootage: '尚无带时间的音像',
        more: '另 {count} 台',
    },
    actions: {
        zoomIn: '放大',
        zoomOut: '缩小',
        fit: '全部',
        table: '表格',
        chart: '图',
        exportSvg: '导出图',
        fileName: '时间对照',
        keys: '左右键移动 1 秒，按住 Shift 移动 10 秒，Page 键移动 1 分钟；上下键逐条查看；加减号缩放，0 显示全部。',
    },
    empty: {
        title: '这里将对照文书与音像的时间',
        body: '填写执法起止时间，或上传记录仪文件后，自动出现。',
    },
    row: {
        officer: '监督员 · 记录仪 {devices}',
        officerBare: '监督员 · {devices}',
        assistant: '协管员 · 不计入两人',
        assistantShort: '不计入两人',
        room: '场所录像 · {devices}',
        roomBare: '{devices}',
        deviceTime: '未校时 · {devices}',
        unplaced: '{count} 个文件时间不明',
        position: '位置',
        positionOf: '位置 · {name}',
        segment: '环节 {number}',
        exemption: '不作音像记录',
        marks: '标记与照片',
        findings: '发现的问题',
        document: '文书载明起止',
        noFootage: '监督员 · 无音像',
        atLeast: '≥ {share}',
    },
    openEnd: { from: '{time} 起，时长不明', short: '时长不明', what: '录像，时长不明', end: '不明' },
    segment: '第 {first} 段 {length}',
    segments: '第 {first}–{last} 段，连续 {length}',
    segmentsShort: '{first}–{last} 段 {length}',
    documentFrom: '{time} 起',
    documentTo: '至 {time}',
    gap: {
        label: {
            whole: '全程无音像 {length}',
            leading: '开始后 {length}无音像',
            between: '中断 {length}',
            trailing: '结束前 {length}无音像',
        },
        openEnd: '有无音像不明 {length}',
        state: {
            open: '待解释',
            explained: '已解释',
            exempt: '免录',
            exemptWaiting: '免录待确认',
            notDue: '未到入库时限',
            tolerated: '在容许误差内',
        },
        judge: '待人判断',
        unmet: '已说明，仍不符合',
        ruling: { confirmed: '已确认违规', disputed: '异议成立' },
        unexplained: '未解释',
        wanted: '此情形不强制录像',
    },
    exemption: { confirmed: '已确认', waiting: '待负责人确认', noteMissing: '缺未作音像记录工作记录' },
    position: {
        inside: '场所内',
        insideAt: '场所内 {metres} 米',
        outside: '场所外',
        outsideAt: '距场所 {metres} 米',
        unknown: '位置不明',
    },
    mark: {
        kind: {
            opening: '开始告知',
            credentials: '出示证件',
            scene: '现场环境',
            photo: '照片',
            key: '重点',
            phrase: '用语',
            closing: '结束语',
            other: '标记',
        },
        photos: '照片 {count}',
        proposed: '{label}？',
        proposedLong: '待确认',
    },
    spoken: {
        segment: '环节 {number}，{title}，{start} 至 {end}，{length}',
        exemption: '不作音像记录，{ground}，{start} 至 {end}，{length}',
        document: '文书 {title}，{start} 至 {end}，{length}',
        run: '{name}，记录仪 {devices}，第 {first} 段，{start} 至 {end}，{length}',
        runJoined: '{name}，记录仪 {devices}，第 {first} 至 {last} 段连续，{start} 至 {end}，{length}',
        gap: '{name}，{what}，{start} 至 {end}，{state}',
        position: '{name}，{what}，{start} 至 {end}，{length}',
        mark: '{what}，{start}',
        markOf: '{what}，{name}，{start}',
        finding: '发现的问题：{words}，{start} 至 {end}，{note}',
        findingAt: '发现的问题：{words}，{start}，{note}',
        until: '{start} 至 {end}',
        uncertain: '时钟误差 ±{plusMinus}',
        uncertainGap: '在时钟误差之内，也可能没有中断',
        openEndGap: '此前的文件时长不明，也可能没有中断',
        openEnd: '{name}，记录仪 {devices}，{start} 开始，时长不明',
        dueAt: '时限 {time}',
        cursor: '回放时间 {time}',
        noCursor: '未开始回放',
        bars: '图中各条',
        notCounted: '不计入两名监督员',
    },
    table: {
        caption: '时间对照表（{clock}）',
        row: '行',
        what: '内容',
        start: '开始',
        end: '结束',
        length: '时长',
        note: '说明',
        segmentCount: '第 {first}–{last} 段连续',
    },
};

export const stripChartEn: StripChartTexts = {
    locale: 'en',
    title: 'Times side by side',
    chartLabel: 'Documents, recorders, positions and marks on one time axis',
    clock: { label: 'Clock', corrected: 'Corrected time', device: 'Device time' },
    note: {
        corrected: 'Corrected time',
        device: 'Device time',
        slow: 'recorder {device} is {offset} slow (±{plusMinus})',
        fast: 'recorder {device} is {offset} fast (±{plusMinus})',
        exact: 'recorder {device} is right (±{plusMinus})',
        mixed: 'some recorders have no clock check yet and stand at device time',
        noFit: 'no clock check of these recorders yet, so there is no corrected time',
        noFootage: 'no footage with a time yet',
        more: '{count} more',
    },
    actions: {
        zoomIn: 'Zoom in',
        zoomOut: 'Zoom out',
        fit: 'All',
        table: 'Table',
        chart: 'Chart',
        exportSvg: 'Export picture',
        fileName: 'times',
        keys: 'Left and right move by 1 second, with Shift by 10, Page keys by 1 minute; up and down go from bar to bar; plus and minus zoom, 0 shows all.',
    },
    empty: {
        title: 'Document and footage times will be compared here',
        body: 'The chart appears once the start and end of the act are stated or a recorder’s file is uploaded.',
    },
    row: {
        officer: 'Officer · recorder {devices}',
        officerBare: 'Officer · {devices}',
        assistant: 'Assistant · does not count',
        assistantShort: 'does not count',
        room: 'Room camera · {devices}',
        roomBare: '{devices}',
        deviceTime: 'unchecked · {devices}',
        unplaced: 'files without a time: {count}',
        position: 'Position',
        positionOf: 'Position · {name}',
        segment: 'Stage {number}',
        exemption: 'Exempt',
        marks: 'Marks and photos',
        findings: 'Findings',
        document: 'Stated times',
        noFootage: 'Officer · no footage',
        atLeast: '≥ {share}',
    },
    openEnd: {
        from: 'from {time}, length unknown',
        short: 'length unknown',
        what: 'Footage of unknown length',
        end: 'unknown',
    },
    segment: 'Segment {first} {length}',
    segments: 'Segments {first}–{last}, unbroken {length}',
    segmentsShort: '{first}–{last} {length}',
    documentFrom: 'from {time}',
    documentTo: 'until {time}',
    gap: {
        label: {
            whole: 'No footage at all {length}',
            leading: 'First {length} without footage',
            between: 'Interrupted {length}',
            trailing: 'Last {length} without footage',
        },
        openEnd: '{length} perhaps recorded',
        state: {
            open: 'to be explained',
            explained: 'explained',
            exempt: 'exempt',
            exemptWaiting: 'exemption to be confirmed',
            notDue: 'not due yet',
            tolerated: 'within the tolerance',
        },
        judge: 'for a person to judge',
        unmet: 'explained, and still not met',
        ruling: { confirmed: 'violation confirmed', disputed: 'dispute upheld' },
        unexplained: 'not explained',
        wanted: 'recording is no must here',
    },
    exemption: {
        confirmed: 'confirmed',
        waiting: 'to be confirmed by the head',
        noteMissing: 'the written work record is missing',
    },
    position: {
        inside: 'inside',
        insideAt: 'inside, {metres} m',
        outside: 'outside',
        outsideAt: '{metres} m away',
        unknown: 'position unknown',
    },
    mark: {
        kind: {
            opening: 'Opening',
            credentials: 'Credentials',
            scene: 'Scene',
            photo: 'Photo',
            key: 'Key',
            phrase: 'Phrase',
            closing: 'Closing',
            other: 'Mark',
        },
        photos: '{count} photos',
        proposed: '{label}?',
        proposedLong: 'to be confirmed',
    },
    spoken: {
        segment: 'Stage {number}, {title}, {start} to {end}, {length}',
        exemption: 'Exempt, {ground}, {start} to {end}, {length}',
        document: 'Document {title}, {start} to {end}, {length}',
        run: '{name}, recorder {devices}, segment {first}, {start} to {end}, {length}',
        runJoined: '{name}, recorder {devices}, segments {first} to {last} unbroken, {start} to {end}, {length}',
        gap: '{name}, {what}, {start} to {end}, {state}',
        position: '{name}, {what}, {start} to {end}, {length}',
        mark: '{what}, {start}',
        markOf: '{what}, {name}, {start}',
        finding: 'finding: {words}, {start} to {end}, {note}',
        findingAt: 'finding: {words}, {start}, {note}',
        until: '{start} to {end}',
        uncertain: 'clock ±{plusMinus}',
        uncertainGap: 'within the clocks’ uncertainty there may be no gap',
        openEndGap: 'a file before it has no known length, there may be no gap',
        openEnd: '{name}, recorder {devices}, begins {start}, length unknown',
        dueAt: 'due {time}',
        cursor: 'Playback time {time}',
        noCursor: 'Playback not started',
        bars: 'Bars of the chart',
        notCounted: 'does not count towards the two officers',
    },
    table: {
        caption: 'Times side by side ({clock})',
        row: 'Row',
        what: 'What',
        start: 'Start',
        end: 'End',
        length: 'Length',
        note: 'Note',
        segmentCount: 'segments {first}–{last}, unbroken',
    },
};
