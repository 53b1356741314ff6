import type { HeardKind, ListeningState } from '@liuhen/domain';

export const heardZh = {
    heard: {
        title: '听写提示',
        titleWhat: '程序只指出可能的时刻，由人听过后确认',
        onChart: '听写提示，待人确认',
        kinds: { opening: '可能是开始告知', closing: '可能是结束语' } satisfies Record<HeardKind, string>,
        said: '听写：“{words}”',
        confirm: '确认',
        reject: '不是',
        confirmed: '{name} 于 {time} 听后确认',
        rejected: '{name} 于 {time} 听后否定',
        decidedOnes: '已核对 {count} 处',
        done: '已记录',
        ask: '听写这段录音',
        again: '重新听写',
        none: '没有听到规定用语，可播放后手工标记。',
        states: {
            asked: '正在听写，完成后显示在这里',
            done: '{program} · {time} 听写',
            noSound: '这个文件里没有声音',
            programMissing: '语音识别程序未能启动，请联系系统管理员',
            failed: '听写没有成功，可重新听写，或播放后手工标记',
        } satisfies Record<ListeningState, string>,
    },
};
