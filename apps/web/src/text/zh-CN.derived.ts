import type { DerivedKind, DerivedReason, Likeness, RebuiltRate, RebuiltSound } from '@liuhen/domain';

/** What is made from originals, and looks at pictures. */
export const derivedZh = {
    derived: {
        title: '衍生件',
        titleWhat: '由原件另行制作，原件一字节未动；衍生件不是原件，不作原件使用',
        empty: '还没有衍生件',
        kinds: {
            repaired: '修复件',
            playable: '可播放的副本',
            thumbnail: '缩略画面',
            storyboard: '画面一览',
        } satisfies Record<DerivedKind, string>,
        madeFrom: '由原件 {digest} 制成',
        from: '来自',
        program: '程序',
        arguments: '参数',
        digest: '本件 SHA-256',
        states: { made: '已制成', failed: '未制成', programMissing: '服务器没有安装 ffmpeg，不能制作' },
        reasons: {
            program: '程序没有做成',
            timedOut: '超过了允许的时间',
            nothing: '没有取得任何画面',
            unplayable: '制成的副本仍不能播放，已弃用',
            damaged: '存储的衍生件已损坏，正在重新制作',
            noReference:
                '文件没有索引，也没有自带画面参数；同一台设备或同型号的完整录像中没有参数相符的。采集到一份完整录像后会再试',
        } satisfies Record<DerivedReason, string>,
        rebuilt: {
            said: '已修复：原件没有索引，其中 {share} 的录制数据可以读出，{pictures} 幅画面；时间是推算的，只作参考',
            inStream: '画面参数：录制数据中自带',
            lent: {
                sameDevice: '参数取自同一台设备的录像',
                sameModel: '参数取自同型号另一台设备的录像，把握较小',
            } satisfies Record<Likeness, string>,
            decoded: '开头 {count} 幅画面按此参数解码无误',
            rate: {
                reference: '每秒 {rate} 幅，按那份录像',
                stream: '每秒 {rate} 幅，按录制数据所载',
                assumed: '每秒按 {rate} 幅推算，没有依据',
            } satisfies Record<RebuiltRate, string>,
            sound: {
                kept: '声音一并取出',
                notApart: '声音没有取出：数据中无法可靠地分辨声音的起止',
                notKnown: '声音没有取出：没有录像说明声音的编码',
            } satisfies Record<RebuiltSound, string>,
            holes: '中间断开 {count} 处，断开处前后的画面可能有误；另有 {left} 幅依赖丢失的画面，没有放入',
        },
        make: '制作{kind}',
        again: '重新制作',
        asked: '已排入后台任务，完成后自动显示',
        making: '正在后台制作…',
        cannotShow: '浏览器不能直接播放原件。可以播放的副本由后台任务另行制作，做好后在这里播放。',
        shown: { repaired: '修复件（原件不完整）', playable: '副本（原件编码不能直接播放）' },
        pictures: '画面',
        show: '显示画面',
        showing: '画面登记到 {time}',
        showWhat: '查看画面也是查阅，登记后才显示（附件1 第19条）。',
        purpose: '归类时查看画面',
        none: '没有画面',
        withheld: '有 {count} 份不能查看画面：不是本人的录像，或本机构没有开放',
        pictureOf: '{name} 的画面',
        boardOf: '{name} 的画面一览，每格相隔 {every}',
    },
};
